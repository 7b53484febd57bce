import { MAX_PLAYER_NUMBER, type World } from "@tidelock/shared";
import type { InterestPolicy } from "../interest/interest-policy.ts";
import type { InterestSource } from "../interest/interest-source.ts";
import type { InterestViewer } from "../interest/interest-viewer.ts";
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
  #lastVersion = 0;

  constructor(world: World, policy: InterestPolicy) {
    super(world);
    this.#simulated = world;
    this.#policy = policy;
  }

  /** Answers for what was observed so far and for who is there now; call once per send tick. */
  refresh(players: Iterable<{ readonly viewer: InterestViewer }>): void {
    this.seconds = this.#simulated.tick * this.#simulated.dt;
    this.#gather(players);
    for (const viewer of this.viewers) this.#place(viewer);
    this.#policy.begin(this);
    this.settle();
  }

  /** What a viewer may see now; valid until the next `refresh`. */
  visibleTo(viewer: InterestViewer): VisibleSet {
    const list = this.#policy.query(viewer);
    let view = this.#views.get(list);
    if (view === undefined) this.#views.set(list, (view = new RoomView()));
    if (view.taken !== list.version) view.take(list, this, ++this.#lastVersion);
    return view;
  }

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
