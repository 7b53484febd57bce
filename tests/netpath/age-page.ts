import { recordArrivals } from "./record-arrivals.ts";

declare global {
  /** What the measurement calls in the page. */
  var recordInPage: typeof recordArrivals;
}

globalThis.recordInPage = recordArrivals;
