import { MAX_PLAYER_NUMBER, type World } from "@tidelock/shared";
import type { InterestPolicy } from "../interest/interest-policy.ts";
import type { InterestSource } from "../interest/interest-source.ts";
import type { InterestViewer } from "../interest/interest-viewer.ts";
import { RelevanceByDistance } from "../interest/relevance-by-distance.ts";
import type { VisibleList } from "../interest/visible-list.ts";
import { WorldRows } from "../interest/world-rows.ts";
import type { VisibleSet } from "../snapshot/snapshot-encoder.ts";
import { RoomView } from "./room-view.ts";

/** A room's world and players as interest management reads them, and what it answers as the encoders read it. */
export class RoomInterest extends WorldRows implements InterestSource {
  readonly viewers: InterestViewer[] = [];
  readonly teams = new Uint8Array(MAX_PLAYER_NUMBER + 1);
  teamsVersion = 0;
  seconds = 0;
  readonly #simulated: World;
  readonly #policy: InterestPolicy;
  readonly #views = new WeakMap<VisibleList, RoomView>();
  readonly #byDistance = new RelevanceByDistance();
  /** 1 for each table whose entities are nowhere in particular. */
  readonly #isNowhere: Uint8Array;
  #lastVersion = 0;

  constructor(world: World, policy: InterestPolicy) {
    super(world);
    this.#simulated = world;
    this.#policy = policy;
    this.#isNowhere = Uint8Array.from(world.tables, ({ type }) => (type.location.length === 0 ? 1 : 0));
  }

  /** Answers for what was observed so far and for who is there now; call once per send tick. */
  refresh(players: Iterable<{ readonly viewer: InterestViewer }>): void {
    this.seconds = this.#simulated.tick * this.#simulated.dt;
    this.#gather(players);
    for (const viewer of this.viewers) this.#place(viewer);
    this.#policy.begin(this);
    this.settle();
  }

  /** What a viewer may see now; valid until the next `refresh`, and what matters of it until the next call. */
  visibleTo(viewer: InterestViewer): VisibleSet {
    const list = this.#policy.query(viewer);
    let view = this.#views.get(list);
    if (view === undefined) this.#views.set(list, (view = new RoomView(list, this.#fillRelevance)));
    view.viewer = viewer;
    if (view.taken !== list.version) view.take(list, this, ++this.#lastVersion);
    return view;
  }

  readonly #fillRelevance = ({ viewer, list, count, tables }: RoomView, out: Float32Array): void => {
    if (viewer === undefined) return void out.fill(1);
    if (this.#policy.relevance === undefined) this.#byDistance.fill(viewer, this, list, out);
    else this.#policy.relevance(viewer, list, out);
    for (let i = 0; i < count; i++) if (this.#isNowhere[tables[i]] === 1 && out[i] < 1) out[i] = 1;
  };

  #gather(players: Iterable<{ readonly viewer: InterestViewer }>): void {
    let count = 0;
    let isOther = false;
    for (const { viewer } of players) {
      if (this.viewers[count] !== viewer || this.teams[viewer.player] !== viewer.team) isOther = true;
      this.viewers[count++] = viewer;
      this.teams[viewer.player] = viewer.team;
    }
    if (count !== this.viewers.length) isOther = true;
    this.viewers.length = count;
    if (isOther) this.teamsVersion++;
  }

  /** Moves a viewer to the first of the player's own entities that is somewhere; without one it stays where it was. */
  #place(viewer: InterestViewer): void {
    const row = this.placeOf(viewer.player);
    viewer.vx = row < 0 ? 0 : this.vx[row];
    viewer.vy = row < 0 ? 0 : this.vy[row];
    if (row < 0) return;
    viewer.x = this.x[row];
    viewer.y = this.y[row];
  }
}
