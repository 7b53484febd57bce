import type { PlayerNumber, Tick } from "@tidelock/shared";

/**
 * A recording holds what one client received in one stream, from its welcome on. All numbers are little-endian:
 *
 *   "TIDELOCK" | length of the header u32 | header, JSON in UTF-8
 *   then, per frame: milliseconds since the recording began f64 | length u16 | the frame
 *
 * A last frame that is cut off, as when the recorder was stopped while it wrote, is left out, and so is all from a frame on whose time
 * cannot be.
 */
const MAGIC = new TextEncoder().encode("TIDELOCK");
/** Changes with every change of what is described above. */
const RECORDING_FORMAT = 1;
const PREFIX_BYTES = MAGIC.length + 4;
const FRAME_HEADER_BYTES = 10;
/** Beyond a day the file is damaged. */
const LONGEST_MS = 24 * 3600 * 1000;

/** What has to be known to read the frames of a recording. */
export interface RecordingHeader {
  /** Name of the game. */
  readonly game: string;
  readonly schemaHash: number;
  /** PROTOCOL_VERSION of whoever recorded. */
  readonly protocol: number;
  /** Ticks per second. */
  readonly tickRate: number;
  /** Whose client this was. */
  readonly player: PlayerNumber;
  /** The server's tick when the stream began, which makes whole ticks of the 16 bits on the wire. */
  readonly tick: Tick;
}

export interface RecordedFrame {
  /** Milliseconds since the recording began. */
  readonly timeMs: number;
  /** As it came over the link, its kind in the first byte. */
  readonly frame: Uint8Array;
}

export interface Recording {
  readonly header: RecordingHeader;
  readonly frames: readonly RecordedFrame[];
  /** What ended the reading before the end of the file, as a sentence. */
  readonly fault?: string;
}

/** The bytes with which a recording begins. */
export function recordingStart(header: RecordingHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify({ format: RECORDING_FORMAT, ...header }));
  const bytes = new Uint8Array(PREFIX_BYTES + json.length);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, json.length, true);
  bytes.set(json, PREFIX_BYTES);
  return bytes;
}

/** The bytes that a frame adds to a recording. */
export function recordedFrame({ timeMs, frame }: RecordedFrame): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + frame.length);
  const view = new DataView(bytes.buffer);
  view.setFloat64(0, timeMs, true);
  view.setUint16(8, frame.length, true);
  bytes.set(frame, FRAME_HEADER_BYTES);
  return bytes;
}

/** Reads a whole recording. Throws an Error that says what is wrong when the bytes are none. */
export function readRecording(bytes: Uint8Array): Recording {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREFIX_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte))
    throw new Error('this is no recording: it does not begin with "TIDELOCK"');
  const start = PREFIX_BYTES + view.getUint32(MAGIC.length, true);
  if (start > bytes.length) throw new Error("the recording ends within its header");
  const header = parseHeader(new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, start)));
  const frames: RecordedFrame[] = [];
  let lastMs = 0;
  for (let at = start; at < bytes.length;) {
    const where = `after ${frames.length} frames, at byte ${at}`;
    if (at + FRAME_HEADER_BYTES > bytes.length)
      return { header, frames, fault: `The file ends ${where}, within the head of a frame.` };
    const timeMs = view.getFloat64(at, true);
    const length = view.getUint16(at + 8, true);
    const end = at + FRAME_HEADER_BYTES + length;
    // Written so that a time that is no number is refused too.
    if (!(timeMs >= lastMs && timeMs < LONGEST_MS))
      return {
        header,
        frames,
        fault: `The file is damaged ${where}: the next frame is of ${timeMs} ms, the one before of ${lastMs} ms.`,
      };
    if (end > bytes.length) {
      const there = bytes.length - at - FRAME_HEADER_BYTES;
      return {
        header,
        frames,
        fault: `The file ends ${where}: of a frame of ${length} bytes ${there} are there.`,
      };
    }
    frames.push({ timeMs, frame: bytes.slice(at + FRAME_HEADER_BYTES, end) });
    lastMs = timeMs;
    at = end;
  }
  return { header, frames };
}

function parseHeader(json: string): RecordingHeader {
  let header: unknown;
  try {
    header = JSON.parse(json);
  } catch {
    throw new Error("the header of the recording is no JSON");
  }
  const field = (name: string): unknown =>
    typeof header === "object" && header !== null ? Reflect.get(header, name) : undefined;
  const format = field("format");
  if (format !== RECORDING_FORMAT)
    throw new Error(`the recording has format ${String(format)}; this version reads ${RECORDING_FORMAT}`);
  const number = (name: string): number => {
    const value = field(name);
    if (typeof value !== "number" || !Number.isFinite(value))
      throw new Error(`the header of the recording has no number "${name}"`);
    return value;
  };
  const game = field("game");
  if (typeof game !== "string") throw new Error('the header of the recording has no "game"');
  return {
    game,
    schemaHash: number("schemaHash"),
    protocol: number("protocol"),
    tickRate: number("tickRate"),
    player: number("player"),
    tick: number("tick"),
  };
}
