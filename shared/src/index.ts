export * from "./errors/tidelock-error.ts";
