import { createWriteStream } from "node:fs";
import type { ReplaySink } from "./session-recorder.ts";

/** What may wait to be written: a disk that is slower than this allows ends the recording, not the room. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** A recording on its way to a file. */
export interface FileSink extends ReplaySink {
  /** Resolves when the file is closed and whole, or has failed. */
  readonly written: Promise<void>;
}

/** Writes a recording to a file, as it comes; a file of that name is overwritten. */
export function fileSink(path: string): FileSink {
  const stream = createWriteStream(path);
  let isBroken = false;
  stream.on("error", (error) => {
    isBroken = true;
    console.warn(`The recording ${path} cannot be written: ${error.message}`);
  });
  return {
    written: new Promise((resolve) => stream.once("close", resolve)),
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
