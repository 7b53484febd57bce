import { createWriteStream } from "node:fs";
import type { ReplaySink } from "./session-recorder.ts";

/** What may wait to be written: a disk that is slower than this allows ends the recording, not the room. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** Writes a recording to a file, as it comes; a file of that name is overwritten. */
export function fileSink(path: string): ReplaySink {
  const stream = createWriteStream(path);
  let isBroken = false;
  stream.on("error", (error) => {
    isBroken = true;
    console.warn(`The recording ${path} cannot be written: ${error.message}`);
  });
  return {
    write(bytes) {
      if (isBroken || stream.writableLength > MOST_WAITING_BYTES) return false;
      stream.write(bytes);
      return true;
    },
    close() {
      stream.end();
    },
  };
}
