import type { SnapshotDecoder } from "@tidelock/client";
import { distance16, type Sequence, type World } from "@tidelock/shared";
import { wrongFields } from "../peers/scene-client.ts";
import type { LoadClient } from "../worlds/load-client.ts";
import { LEAVE_METRES, RADIUS_METRES, TICK_RATE } from "../worlds/load-game.ts";

/**
 * Ticks without a loss on the way there and without an outage on the way back, after which a client has to have heard of every
 * coming and going.
 */
const RECOVERED_TICKS = TICK_RATE;
/** Beyond this age of the baseline an acknowledgement is overdue: packets are smaller then, and some news waits for the next. */
const HEARD_TICKS = 4;
const X = 0;
const Y = 1;

/**
 * Compares what one client is shown with the server's world, whenever a packet arrives before the next tick. What lies within the
 * client's radius has to be right at all times. What has come or gone may be unknown for a while to a client that has lost packets.
 */
export class LoadWitness {
  mismatches = 0;
  /** Entities whose state came with its packet, and was compared. */
  compared = 0;
  /** Entities within the radius of which a packet said nothing, as it had no room: what is shown of them is older. */
  late = 0;
  readonly #world: World;
  readonly #client: LoadClient;
  #sequence: Sequence = -1;
  #unbroken = 0;

  constructor(world: unknown, client: LoadClient) {
    this.#world = world as World;
    this.#client = client;
    client.onSnapshot = (decoder) => this.#compare(decoder);
  }

  #compare(decoder: SnapshotDecoder): void {
    const { header } = decoder;
    const follows = this.#sequence < 0 || distance16(header.sequence, this.#sequence) === 1;
    this.#sequence = header.sequence;
    const isHeard = header.baselineAge > 0 && header.baselineAge <= HEARD_TICKS;
    this.#unbroken = follows && isHeard ? this.#unbroken + 1 : 0;
    const world = this.#world;
    const [players] = world.tables;
    const avatar = players.find(this.#client.avatar);
    if (header.tick !== world.tick || avatar < 0) return;
    const isRecovered = this.#unbroken >= RECOVERED_TICKS;
    const metres = (table: number, slot: number): number => {
      const { values } = world.tables[table];
      return Math.hypot(
        values[X][slot] - players.values[X][avatar],
        values[Y][slot] - players.values[Y][avatar],
      );
    };
    let near = 0;
    for (const replica of decoder.replicas()) {
      const { index } = replica.type;
      const slot = world.tables[index].find(replica.id);
      const away = slot < 0 ? Infinity : metres(index, slot);
      if (away <= RADIUS_METRES) near++;
      const isNews = replica.newest === header.tick;
      if (isNews && slot >= 0 && (isRecovered || away <= RADIUS_METRES)) {
        this.mismatches += wrongFields(world, slot, replica);
        this.compared++;
      } else if (away <= RADIUS_METRES) this.late++;
      const isOwn = replica.owner === players.owners[avatar];
      if (isRecovered && !isOwn && away > LEAVE_METRES) this.mismatches++;
    }
    if (isRecovered) this.mismatches += this.#nearby(metres) - near;
  }

  /** Entities that the client has to know of. */
  #nearby(metres: (table: number, slot: number) => number): number {
    let count = 0;
    for (const [index, { order, count: entities }] of this.#world.tables.entries())
      for (let i = 0; i < entities; i++) if (metres(index, order[i]) <= RADIUS_METRES) count++;
    return count;
  }
}
