import type { InterestViewer } from "./interest-viewer.ts";
import { VisibleList } from "./visible-list.ts";

/** What a policy in stages remembers of one viewer. Times are counted in calls of `begin`. */
export class ViewerSight {
  /** What the viewer sees with its own eyes; details are left out. */
  readonly own = new VisibleList();
  /** What its client is told, details included. */
  readonly told = new VisibleList();
  lookedAt = -1;
  /** When `own` last changed. */
  changedAt = -1;
  #x = Number.NaN;
  #y = Number.NaN;
  #vx = Number.NaN;
  #vy = Number.NaN;
  #toldFrom: VisibleList | undefined;
  #toldVersion = -1;
  #toldAt = -1;
  #toldX = Number.NaN;
  #toldY = Number.NaN;
  #toldTeam = 0;
  #toldTeams = -1;

  /** Whether neither the world nor the viewer moved since the last look. */
  hasRested({ x, y, vx, vy }: InterestViewer, lastChange: number): boolean {
    return (
      this.lookedAt >= lastChange &&
      Object.is(x, this.#x) &&
      Object.is(y, this.#y) &&
      Object.is(vx, this.#vx) &&
      Object.is(vy, this.#vy)
    );
  }

  noteLook({ x, y, vx, vy }: InterestViewer, serial: number, changed: boolean): void {
    // A first look at nothing is news as well: it may replace the memory of something.
    if (changed || this.lookedAt < 0) this.changedAt = serial;
    this.lookedAt = serial;
    this.#x = x;
    this.#y = y;
    this.#vx = vx;
    this.#vy = vy;
  }

  /** Whether `told` would be the same again, made from `seen`. */
  isTold(viewer: InterestViewer, seen: VisibleList, lastChange: number, teamsVersion: number): boolean {
    return (
      seen === this.#toldFrom &&
      seen.version === this.#toldVersion &&
      this.#toldAt >= lastChange &&
      viewer.team === this.#toldTeam &&
      teamsVersion === this.#toldTeams &&
      Object.is(viewer.x, this.#toldX) &&
      Object.is(viewer.y, this.#toldY)
    );
  }

  noteTold(viewer: InterestViewer, seen: VisibleList, serial: number, teamsVersion: number): void {
    this.#toldFrom = seen;
    this.#toldVersion = seen.version;
    this.#toldAt = serial;
    this.#toldTeam = viewer.team;
    this.#toldTeams = teamsVersion;
    this.#toldX = viewer.x;
    this.#toldY = viewer.y;
  }
}
