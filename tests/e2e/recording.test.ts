import { join } from "@tidelock/client";
import type { Game } from "@tidelock/shared";
import { afterAll, beforeAll, expect, it } from "vitest";
import { record } from "../../tools/record/record.ts";
import { readRecording } from "../../tools/recording/recording.ts";
import { countRecording } from "../../tools/train/count-recording.ts";
import { DeltaCounts } from "../../tools/train/delta-counts.ts";
import { field } from "../stepper/field-game.ts";
import { type FieldServer, startFieldServer } from "./field-server.ts";

let server: FieldServer;
beforeAll(async () => {
  server = await startFieldServer();
});
afterAll(async () => {
  await server.close();
});

it("a recording of a running room can be counted whole: no packet of the stream is missing", async () => {
  const game = field as unknown as Game;
  const pieces: Uint8Array[] = [];
  const walker = await join(server.url, field, { rtc: null });
  const recorder = await record({ url: server.url, game, write: (bytes) => void pieces.push(bytes.slice()) });
  while (pieces.length < 80) {
    walker.input.moveX = pieces.length % 20 < 10 ? 1 : -1;
    for (const session of [walker, recorder]) session.frame(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  await Promise.all([walker.leave(), recorder.leave()]);
  const recording = readRecording(new Uint8Array(Buffer.concat(pieces)));
  expect(recording.header).toMatchObject({ game: field.name, player: recorder.player });
  const counts = new DeltaCounts(game.types);
  const { sound, refused } = countRecording(recording, game, counts);
  expect(sound).toBeGreaterThan(40);
  expect(refused).toBe(0);
  const [player] = counts.types;
  expect(player.fields.size).toBeGreaterThan(0);
});
