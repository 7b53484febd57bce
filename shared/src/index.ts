export * from "./errors/tidelock-error.ts";
export * from "./transport/channel.ts";
export * from "./transport/drop-counter.ts";
export * from "./transport/frame-kind.ts";
export * from "./transport/link.ts";
export * from "./transport/scheduler.ts";
export * from "./transport/signal.ts";
