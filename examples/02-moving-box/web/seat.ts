import { join } from "@tidelock/client";
import { movingBox, type Shot } from "../shared/game.ts";
import { PUSH_TYPE, SNAPSHOT_RATE_TYPE, type Truth, TRUTH_TYPE, VERDICT_TYPE } from "../shared/truth.ts";
import type { PathSetting } from "./path-controls.ts";
import type { Scene } from "./view/strip.ts";

type BoxSession = Awaited<ReturnType<typeof sit>>;

/** One of the two players of this page: a session of its own, with its own connection. */
export class Seat {
  readonly session: BoxSession;
  /** A shot of this player that its own client has predicted. */
  onShot: (shot: Shot) => void = () => {};
  scene: Scene = { boxes: [], targets: [] };

  constructor(session: BoxSession) {
    this.session = session;
    const warn = session.onDesync;
    // A push is meant to be unforeseen, and a client without reconciliation to be wrong.
    session.onDesync = (desync) => {
      if (desync.kind === "snapshot") warn(desync);
    };
    session.onEvent = ({ data }) => this.onShot(data);
  }

  get player(): number {
    return this.session.player;
  }

  frame(nowMs: number): void {
    const { box, target } = this.session.frame(nowMs);
    this.scene = {
      boxes: box.map(({ owner, x, y }) => ({ owner, x, y })),
      targets: target.map(({ id, x, y }) => ({ id, x, y })),
    };
  }

  setPath(path: PathSetting): void {
    this.session.condition = conditionOf(path);
  }

  setSnapshotRate(rate: number): void {
    this.session.room.send(SNAPSHOT_RATE_TYPE, rate);
  }

  push(): void {
    this.session.room.send(PUSH_TYPE);
  }
}

/** What the server tells around the emulated path: where everything is, and what became of shots. */
export interface Witness {
  truth(truth: Truth): void;
  verdict(shot: Shot): void;
}

/** Seats two players in a room of their own. The server tells the first of them the truth, for the page. */
export async function seatTwo(path: PathSetting, witness: Witness): Promise<readonly [Seat, Seat]> {
  const table = crypto.randomUUID();
  const a = await sit({ table, watches: true }, path, undefined, witness);
  const b = await sit({ table }, path, a.room.roomId, undefined);
  return [new Seat(a), new Seat(b)];
}

/** The same in both directions, as `session.condition` takes it. */
function conditionOf({ latencyMs, jitterMs, lossPercent }: PathSetting): string {
  return `latency=${latencyMs / 2},jitter=${jitterMs},loss=${lossPercent}`;
}

function sit(
  options: { table: string; watches?: boolean },
  path: PathSetting,
  roomId: string | undefined,
  witness: Witness | undefined,
) {
  return join(location.origin, movingBox, {
    options,
    ...(roomId !== undefined && { roomId }),
    condition: conditionOf(path),
    onRoom: (room) => {
      room.onMessage<Truth>(TRUTH_TYPE, (truth) => witness?.truth(truth));
      room.onMessage<Shot>(VERDICT_TYPE, (shot) => witness?.verdict(shot));
    },
  });
}
