import {
  bool,
  defineGame,
  entity,
  type EntityHandle,
  type EntityOf,
  input,
  position,
  velocity,
  type World,
} from "@tidelock/shared";
import { RoomInterest } from "../room/room-interest.ts";
import type { InterestPolicy } from "./interest-policy.ts";
import { InterestViewer } from "./interest-viewer.ts";

const PLACE = { min: -1e6, max: 1e6, grid: 1 / 64 };
const fields = {
  x: position(PLACE),
  y: position(PLACE),
  vx: velocity("x", { max: 1000 }),
  vy: velocity("y", { max: 1000 }),
  hidden: bool(),
};
const entities = { player: entity(fields), flag: entity(fields) };
const game = defineGame({
  name: "ground",
  tickRate: 20,
  entities,
  input: input({}),
  step() {},
});

export type Thing = EntityOf<typeof entities, "player">;
export interface ThingValues {
  readonly x?: number;
  readonly y?: number;
  readonly vx?: number;
  readonly vy?: number;
  readonly owner?: number;
  readonly hidden?: boolean;
}

/** A rule that hides what says so of itself. */
export const notHidden = (_viewer: InterestViewer, thing: EntityHandle): boolean => !(thing as Thing).hidden;

/** A world and viewers for tests of policies: things are put and moved by hand, 20 ticks a second. */
export class Ground {
  readonly world = game.createWorld();
  readonly viewers: InterestViewer[] = [];
  readonly interest: RoomInterest;
  readonly #inputs = game.createInputs();

  constructor(policy: InterestPolicy) {
    this.interest = new RoomInterest(this.world as unknown as World, policy);
  }

  put(values: ThingValues, type: "player" | "flag" = "player"): Thing {
    return this.world.spawn(type, values);
  }

  /** A viewer at a place. One that owns a thing goes where that is. */
  viewer(x: number, y: number, player = this.viewers.length + 1, team = 0): InterestViewer {
    const viewer = new InterestViewer(player);
    viewer.x = x;
    viewer.y = y;
    viewer.team = team;
    this.viewers.push(viewer);
    return viewer;
  }

  tick(): void {
    game.step(this.world, this.world.tick + 1, this.#inputs);
    this.interest.observe();
    this.interest.refresh(this.viewers.map((viewer) => ({ viewer })));
  }

  /** Ids that a viewer may see after the last tick. */
  seen(viewer: InterestViewer): number[] {
    const { count, tables, slots } = this.interest.visibleTo(viewer);
    return Array.from({ length: count }, (_, i) => this.world.tables[tables[i]].ids[slots[i]]);
  }

  /** The same, one tick later. */
  look(viewer: InterestViewer): number[] {
    this.tick();
    return this.seen(viewer);
  }

  /** Everything there is. */
  get things(): Thing[] {
    return [...this.world.all("player"), ...this.world.all("flag")].sort((a, b) => a.id - b.id);
  }
}
