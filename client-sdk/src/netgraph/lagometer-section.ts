import { COLOURS, FRAME_PITCH, SNAPSHOT_PITCH } from "./net-graph-style.ts";
import { barLeft, barsIn, lane, rule, type Section } from "./section.ts";

const PLAYOUT_HEIGHT = 26;
const GAP = 2;
const SNAPSHOT_HEIGHT = 34;
/** Full height of a strip: ticks of play-out room, and a delay. */
const FULL_ROOM_TICKS = 8;
const FULL_DELAY_MS = 150;
/** What is shown of a snapshot that came without any delay. */
const LEAST_BAR = 0.14;

/**
 * The lagometer, after Quake III: above, a bar per frame, up for snapshots in hand and down for what is shown beyond the newest; below, a bar
 * per snapshot, as tall as it was late, and over the whole strip with a gap in it where it was lost.
 */
export const lagometer: Section = {
  height: () => PLAYOUT_HEIGHT + GAP + SNAPSHOT_HEIGHT + 10,
  paint({ context, stats, model }, top) {
    const zero = top + Math.round(PLAYOUT_HEIGHT * 0.65);
    lane(context, top, PLAYOUT_HEIGHT);
    for (let frame = 0; frame < barsIn(model.playoutRoom.length, FRAME_PITCH); frame++) {
      const room = model.playoutRoom.at(frame);
      const reach = room >= 0 ? zero - top : top + PLAYOUT_HEIGHT - zero;
      const size = Math.max(1, Math.min(1, Math.abs(room) / FULL_ROOM_TICKS) * reach);
      context.fillStyle = room >= 0 ? COLOURS.room : COLOURS.beyond;
      context.fillRect(barLeft(frame, FRAME_PITCH), room >= 0 ? zero - size : zero, FRAME_PITCH, size);
    }
    rule(context, zero);

    const bottom = top + PLAYOUT_HEIGHT + GAP + SNAPSHOT_HEIGHT;
    lane(context, bottom - SNAPSHOT_HEIGHT, SNAPSHOT_HEIGHT);
    const log = stats.snapshots;
    for (let back = 0; back < barsIn(log.length, SNAPSHOT_PITCH); back++) {
      const x = barLeft(back, SNAPSHOT_PITCH);
      const fate = log.fate(back);
      if (fate === "lost") {
        context.fillStyle = COLOURS.bad;
        context.fillRect(x, bottom - SNAPSHOT_HEIGHT, SNAPSHOT_PITCH - 1, SNAPSHOT_HEIGHT * 0.4);
        context.fillRect(x, bottom - SNAPSHOT_HEIGHT * 0.4, SNAPSHOT_PITCH - 1, SNAPSHOT_HEIGHT * 0.4);
        continue;
      }
      const share = Math.min(1, LEAST_BAR + ((1 - LEAST_BAR) * log.delayMs(back)) / FULL_DELAY_MS);
      const size = Math.max(2, share * SNAPSHOT_HEIGHT);
      context.fillStyle = fate === "late" ? COLOURS.late : COLOURS.good;
      context.fillRect(x, bottom - size, SNAPSHOT_PITCH - 1, size);
    }
  },
};
