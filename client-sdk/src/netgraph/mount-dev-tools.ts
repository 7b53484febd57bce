import { type ConditionedSession, mountConditionerBadge } from "./conditioner-badge.ts";
import {
  mountNetGraph,
  type NetGraph,
  type NetGraphOptions,
  type NetGraphSource,
} from "./mount-net-graph.ts";

/**
 * Everything that shows a developer what the network does, in one line: `mountDevTools(session)`. The net graph, hidden until its key is pressed, and
 * the badge of the simulated network, in the lower left corner of the page.
 */
export function mountDevTools(
  session: NetGraphSource & ConditionedSession,
  options: NetGraphOptions = {},
): NetGraph {
  const graph = mountNetGraph(session, { hidden: true, ...options });
  const { parent } = options;
  // A page that gives them a place of its own opens and closes that.
  const badge = mountConditionerBadge(session, parent === undefined ? { graph } : { parent });
  return {
    get shown() {
      return graph.shown;
    },
    toggle: graph.toggle,
    resize: graph.resize,
    destroy() {
      graph.destroy();
      badge.destroy();
    },
  };
}
