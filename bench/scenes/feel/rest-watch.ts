import type { Walk, Walker } from "./walkers.ts";

interface Rest {
  /** When the server first had the walker at rest; NaN while it moves. */
  stoppedMs: number;
  readonly place: Int32Array;
  /** By client: when it had the walker bit for bit. */
  readonly equalMs: number[];
}

/** Watches walkers come to rest on the server, and clients come to have them bit for bit, at every tick and arrival. */
export class RestWatch {
  readonly #walk: Walk;
  readonly #rests = new Map<number, Rest>();
  readonly #stop: (() => void)[] = [];

  constructor(walk: Walk) {
    this.#walk = walk;
    const { simulation, clients } = walk;
    const tick = simulation.tick;
    simulation.tick = (...args) => {
      tick.apply(simulation, args);
      this.#server();
    };
    this.#stop.push(() => {
      simulation.tick = tick;
    });
    for (const { netcode } of clients) {
      const { receiveSnapshot } = netcode;
      netcode.receiveSnapshot = (...args) => {
        receiveSnapshot.apply(netcode, args);
        this.#client();
      };
      this.#stop.push(() => {
        netcode.receiveSnapshot = receiveSnapshot;
      });
    }
  }

  /** For every client: from rest on the server to rest at the client, of its own walker and of the other; Infinity where it never was. */
  figures(): { readonly ownMs: number; readonly remoteMs: number }[] {
    return this.#walk.clients.map((client, i) => ({
      ownMs: this.#figure(i, client.number),
      remoteMs: this.#figure(i, this.#walk.clients[1 - i].number),
    }));
  }

  stop(): void {
    for (const stop of this.#stop) stop();
  }

  #figure(client: number, player: number): number {
    const rest = this.#rests.get(player);
    return rest === undefined ? Infinity : (rest.equalMs[client] ?? Infinity) - rest.stoppedMs;
  }

  #server(): void {
    const [table] = this.#walk.simulation.world.tables;
    const nowMs = this.#walk.stepper.scheduler.nowMs();
    for (let i = 0; i < table.count; i++) {
      const slot = table.order[i];
      const row = Int32Array.from(table.type.columns, ({ index }) => table.quantised[index][slot]);
      const known = this.#rests.get(table.owners[slot]);
      if (known?.place.every((value, column) => value === row[column])) continue;
      // Moved since: what clients have had meanwhile was not the rest.
      this.#rests.set(table.owners[slot], { stoppedMs: nowMs, place: row, equalMs: [] });
    }
    this.#client();
  }

  #client(): void {
    const nowMs = this.#walk.stepper.scheduler.nowMs();
    this.#walk.clients.forEach((client, i) => {
      for (const [player, rest] of this.#rests)
        if (rest.equalMs[i] === undefined && this.#has(client, player, rest.place)) rest.equalMs[i] = nowMs;
    });
  }

  #has({ netcode, number }: Walker, player: number, place: Int32Array): boolean {
    if (player === number) {
      const [table] = netcode.predictor.world.tables;
      for (let slot = 0; slot < table.owners.length; slot++)
        if (table.alive[slot] === 1 && table.owners[slot] === player)
          return place.every((value, column) => table.quantised[column][slot] === value);
      return false;
    }
    for (const replica of netcode.decoder.replicas())
      if (replica.type.index === 0 && replica.owner === player)
        return place.every((value, column) => replica.rows[column][replica.row(replica.newest)] === value);
    return false;
  }
}
