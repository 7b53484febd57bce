import type {
  Claim,
  EntityState,
  GroupState,
  RegionGroup,
  RegionHost,
  RegionId,
} from "@tidelock/server/region";

/** An entity of the model: a point with a velocity, and items that must not be lost. */
export interface ModelEntity {
  id: number;
  /** The entity that leads its group; itself when it goes alone. */
  leader: number;
  player: number;
  x: number;
  y: number;
  vx: number;
  vy: number;
  items: number[];
  /** Rises when the items change. */
  version: number;
  locked: boolean;
}

interface ModelGhost {
  readonly entity: ModelEntity;
  readonly epoch: number;
  readonly tick: number;
}

export interface ModelHostOptions {
  readonly tickRate: number;
  /** Edge of the world, from which everything bounces. */
  readonly worldSize: number;
  readonly onFrame: (player: number, tick: number) => void;
}

/** The simplest simulation that a region can decide about. */
export class ModelHost implements RegionHost {
  readonly schema = 1;
  readonly entities = new Map<number, ModelEntity>();
  readonly ghosts = new Map<number, ModelGhost>();
  /** Players that a neighbour announced. */
  readonly expected = new Set<number>();
  /** What was asked of entities here. */
  readonly requests: { readonly entity: number; readonly request: Uint8Array }[] = [];
  readonly #options: ModelHostOptions;
  readonly #frozen = new Set<number>();

  constructor(options: ModelHostOptions) {
    this.#options = options;
  }

  *groups(): Iterable<RegionGroup> {
    const groups = new Map<number, ModelEntity[]>();
    for (const entity of this.entities.values())
      groups.set(entity.leader, [...(groups.get(entity.leader) ?? []), entity]);
    for (const [id, members] of groups) {
      const lead = members.find((member) => member.id === id) ?? members[0];
      const { x, y, vx, vy } = lead;
      yield {
        id,
        members: members.map((member) => member.id),
        players: members.flatMap(({ player }) => (player > 0 ? [player] : [])),
        x,
        y,
        vx,
        vy,
        locked: members.some(({ locked }) => locked),
      };
    }
  }

  input(player: number, _number: number, input: Uint8Array): void {
    const [vx, vy] = new Int8Array(input.slice().buffer);
    for (const entity of this.entities.values())
      if (entity.player === player) Object.assign(entity, { vx, vy });
  }

  step(tick: number): void {
    this.stepAlone(
      [...this.entities.keys()].filter((id) => !this.#frozen.has(id)),
      tick,
    );
  }

  stepAlone(members: readonly number[], tick: number): void {
    for (const id of members) {
      const entity = this.entities.get(id);
      if (entity === undefined) continue;
      this.#move(entity);
      if (entity.player > 0) this.#options.onFrame(entity.player, tick);
    }
  }

  freeze(members: readonly number[]): void {
    for (const id of members) this.#frozen.add(id);
  }

  unfreeze(members: readonly number[]): void {
    for (const id of members) this.#frozen.delete(id);
  }

  isFrozen(id: number): boolean {
    return this.#frozen.has(id);
  }

  breakLock(group: number): void {
    for (const entity of this.entities.values()) if (entity.leader === group) entity.locked = false;
  }

  encode(id: number): Uint8Array {
    return encodeEntity(this.entities.get(id));
  }

  encodeExtra(): Uint8Array {
    return new Uint8Array(0);
  }

  put({ members }: GroupState): void {
    for (const { id, state } of members) {
      this.entities.set(id, decodeEntity(state));
      this.ghosts.delete(id);
    }
  }

  demote(members: readonly Claim[]): void {
    for (const { id, epoch } of members) {
      const entity = this.entities.get(id);
      this.remove([id]);
      if (entity !== undefined) this.ghosts.set(id, { entity, epoch, tick: 0 });
    }
  }

  remove(members: readonly number[]): void {
    for (const id of members) {
      this.entities.delete(id);
      this.#frozen.delete(id);
      this.ghosts.delete(id);
    }
  }

  clear(): void {
    this.entities.clear();
    this.ghosts.clear();
    this.#frozen.clear();
    this.expected.clear();
  }

  durableVersion(id: number): number | undefined {
    return this.entities.get(id)?.version;
  }

  stored(): void {}

  ghost({ id, epoch, state }: EntityState, _from: RegionId, tick: number): void {
    this.ghosts.set(id, { entity: decodeEntity(state), epoch, tick });
  }

  forgetGhost(id: number): void {
    this.ghosts.delete(id);
  }

  request(entity: number, request: Uint8Array): void {
    this.requests.push({ entity, request });
  }

  offer(): void {}
  withdraw(): void {}

  expect(player: number): void {
    this.expected.add(player);
  }

  unexpect(player: number): void {
    this.expected.delete(player);
  }

  save(): Uint8Array {
    return new Uint8Array(0);
  }

  load(): void {}

  #move(entity: ModelEntity): void {
    const { tickRate, worldSize } = this.#options;
    entity.x += entity.vx / tickRate;
    entity.y += entity.vy / tickRate;
    if (entity.x < 0 || entity.x > worldSize)
      entity.vx = entity.x < 0 ? Math.abs(entity.vx) : -Math.abs(entity.vx);
    if (entity.y < 0 || entity.y > worldSize)
      entity.vy = entity.y < 0 ? Math.abs(entity.vy) : -Math.abs(entity.vy);
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeEntity(entity: ModelEntity | undefined): Uint8Array {
  return encoder.encode(JSON.stringify(entity));
}

export function decodeEntity(state: Uint8Array): ModelEntity {
  return JSON.parse(decoder.decode(state)) as ModelEntity;
}
