import type { InterestFilter, VisibilityRule } from "./interest-policy.ts";
import type { InterestSource } from "./interest-source.ts";
import type { InterestViewer } from "./interest-viewer.ts";

/** A game's own rule as a condition. It may depend on anything, so it is asked every time. */
export class RuleFilter implements InterestFilter {
  readonly #rule: VisibilityRule;
  #source: InterestSource | undefined;

  constructor(rule: VisibilityRule) {
    this.#rule = rule;
  }

  begin(source: InterestSource): void {
    this.#source = source;
  }

  narrow(viewer: InterestViewer, rows: Int32Array, count: number): number {
    const source = this.#source;
    if (source === undefined) return 0;
    let kept = 0;
    for (let i = 0; i < count; i++) if (this.#rule(viewer, source.entity(rows[i]))) rows[kept++] = rows[i];
    return kept;
  }

  isSettled(): boolean {
    return false;
  }
}
