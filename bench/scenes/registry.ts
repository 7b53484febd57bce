import { ioWorld } from "./io-world.ts";
import type { Scene } from "./scene.ts";

/** Every scene the command line knows. */
export const scenes: readonly Scene[] = [ioWorld];
