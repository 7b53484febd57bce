import { Container } from "pixi.js";
import type { PlayerSight } from "../sight.ts";
import type { Camera } from "./camera.ts";
import type { Effects } from "./effects.ts";
import { Ship } from "./ship.ts";
import type { Textures } from "./textures.ts";

/** Metres between two spots of a wake. */
const WAKE_STEP = 0.42;
/** A ship that moved further than this between two frames did not sail there. */
const JUMP = 4;

/** All ships in sight. Deaths and arrivals are read from the state itself, so none is missed when a packet is. */
export class Fleet {
  readonly bodies = new Container();
  readonly labels = new Container();
  readonly #ships = new Map<number, Ship>();
  readonly #textures: Textures;
  readonly #effects: Effects;
  onDeath: (sight: PlayerSight) => void = () => {};
  onArrival: (sight: PlayerSight) => void = () => {};

  constructor(textures: Textures, effects: Effects) {
    this.#textures = textures;
    this.#effects = effects;
  }

  update(
    players: readonly PlayerSight[],
    nameOf: (player: number) => string,
    camera: Camera,
    seconds: number,
    now: number,
  ): void {
    const gone = new Set(this.#ships.keys());
    for (const sight of players) {
      gone.delete(sight.id);
      const ship = this.#ships.get(sight.id) ?? this.#launch(sight);
      this.#react(ship, sight);
      ship.show(sight, nameOf(sight.owner), camera, seconds, now);
    }
    for (const id of gone) {
      this.#ships.get(id)!.destroy();
      this.#ships.delete(id);
    }
  }

  #launch(sight: PlayerSight): Ship {
    const ship = new Ship(sight, this.#textures);
    this.#ships.set(sight.id, ship);
    this.bodies.addChild(ship.body);
    this.labels.addChild(ship.label);
    return ship;
  }

  #react(ship: Ship, sight: PlayerSight): void {
    if (sight.hp < ship.lastHealth) {
      ship.flash();
      this.#effects.hitSparks(sight.x, sight.y, ship.colour);
      if (sight.hp === 0) {
        this.#effects.deathBurst(sight.x, sight.y, ship.colour);
        this.onDeath(sight);
      }
    } else if (ship.lastHealth === 0 && sight.hp > 0) {
      this.#effects.arrival(sight.x, sight.y, ship.colour);
      this.onArrival(sight);
    }
    const moved = Math.hypot(sight.x - ship.lastX, sight.y - ship.lastY);
    if (sight.hp > 0 && moved < JUMP) {
      ship.wakeDue -= moved;
      if (ship.wakeDue <= 0) {
        ship.wakeDue = WAKE_STEP;
        this.#effects.wake(sight.x, sight.y, ship.colour);
      }
    }
    ship.lastX = sight.x;
    ship.lastY = sight.y;
    ship.lastHealth = sight.hp;
  }
}
