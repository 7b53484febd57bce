import { BitWriter, DeltaCache, type DetailLevel, FAR, SHOWN, WorldHistory } from "@tidelock/shared";
import { golden } from "./golden-game.ts";

/** Deltas as the encoder writes them, without the packet around them; the last byte is filled up. */
export function goldenDeltas(): { name: string; hex: string }[] {
  const world = golden.createWorld();
  const ship = world.spawn("ship", { x: 1, vx: 4 });
  const rock = world.spawn("rock", { spin: { x: 0, y: 1, z: 0 }, fuel: 100 });
  const shell = world.spawn("shell", { x: 10, vx: 6 });
  const history = new WorldHistory(world);
  const cache = new DeltaCache(history);
  const tables = golden.types.map(({ name }) => name);
  const step = (ticks: number): void => {
    for (let i = 0; i < ticks; i++) {
      golden.step(world, world.tick + 1, golden.createInputs());
      history.record(world.tick);
    }
  };
  const delta = (name: string, type: string, level: DetailLevel, age: number) => {
    const writer = new BitWriter(64);
    cache.append(writer, tables.indexOf(type), 0, level, age);
    const hex = Array.from(writer.bytes(), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    return { name, hex };
  };
  step(8);
  ship.vx = -2;
  step(3);
  const turned = delta("delta-late", "ship", SHOWN, 5);
  for (let i = 0; i < 4; i++) {
    ship.vx += 1;
    step(1);
  }
  const even = delta("delta-even", "ship", SHOWN, 4);
  rock.spin.y = -1;
  rock.fuel = 90;
  step(1);
  const spun = delta("delta-spin", "rock", SHOWN | (1 << 2), 3);
  step(4);
  const far = delta("delta-far", "rock", FAR, 6);
  shell.vx = 3;
  step(1);
  return [turned, even, spun, far, delta("delta-motion", "shell", SHOWN, 3)];
}
