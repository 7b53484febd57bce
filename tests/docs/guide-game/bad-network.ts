import { join, mountDevTools, mountNetGraph } from "@tidelock/client";
import { hunt } from "./game.ts";

/** The page of the guide to bad networks. */
export async function playOn() {
  const session = await join(location.origin, hunt, { condition: "international" });
  mountDevTools(session);
  return session;
}

/** What a menu of the page may do. */
export function choose(session: Awaited<ReturnType<typeof playOn>>) {
  session.condition = "badWifi";
  session.condition = "mobile,loss=5";
  session.condition = "latency=75,jitter=10/latency=20";
}

/** The page of the guide to the net graph. */
export function watch(session: Awaited<ReturnType<typeof playOn>>) {
  const graph = mountNetGraph(session, { size: "full", key: "F8", hidden: true });
  return () => graph.toggle();
}

/** The page of the guides to prediction and interpolation. */
export function compare(session: Awaited<ReturnType<typeof playOn>>) {
  session.mechanisms.prediction = false;
  session.mechanisms.reconciliation = false;
  session.mechanisms.interpolation = false;
  session.mechanisms.lagCompensation = false;
}
