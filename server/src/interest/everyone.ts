import type { InterestPolicy, InterestSource, VisibilityRule } from "./interest-policy.ts";
import type { InterestViewer } from "./interest-viewer.ts";
import { RankOrder } from "./rank-order.ts";
import type { VisibleList } from "./visible-list.ts";

export interface EveryoneOptions<Entity = unknown> {
  /** Hides entities from a viewer. */
  readonly visible?: VisibilityRule<Entity>;
}

/** Each client is told about everything, but for what `visible` hides: for small worlds, and the default. */
export function everyone<Entity = unknown>(options: EveryoneOptions<Entity> = {}): InterestPolicy<Entity> {
  const order = new RankOrder();
  const { visible } = options;
  let source: InterestSource<Entity> | undefined;
  return {
    begin(next: InterestSource<Entity>): void {
      source = next;
      order.build(next.id, next.count);
    },
    query(viewer: InterestViewer, out: VisibleList): void {
      out.count = 0;
      if (source === undefined) return;
      out.reserve(order.count);
      const owners = source.owner;
      let count = 0;
      for (let rank = 0; rank < order.count; rank++) {
        const row = order.rows[rank];
        const own = owners[row] !== 0 && owners[row] === viewer.player;
        if (own || visible === undefined || visible(viewer, source.entity(row))) out.rows[count++] = row;
      }
      out.count = count;
    },
  };
}
