import { everyone, gridInterest, lineOfSight, type PlayerInfo, SimulationRoom } from "@tidelock/server";
import {
  axis,
  defineGame,
  entity,
  enumeration,
  input,
  ownerOnly,
  position,
  StaticGrid,
  teamOnly,
  uint,
  velocity,
} from "@tidelock/shared";

const place = position({ min: -500, max: 500, grid: 1 / 4096, shown: 1 / 64 });
const walls = new StaticGrid([{ minX: 10, minY: -20, maxX: 11, maxY: 20 }]);

const raid = defineGame({
  name: "raid",
  tickRate: 60,
  entities: {
    player: entity(
      {
        x: place,
        y: place,
        vx: velocity("x", { max: 12 }),
        vy: velocity("y", { max: 12 }),
        stance: enumeration(["up", "prone"]),
        ammo: ownerOnly(uint({ max: 200 })),
        target: teamOnly(uint({ max: 2 ** 29 })),
      },
      { far: { every: 4, coarser: 8 } },
    ),
    flag: entity({ x: place, y: place }),
  },
  input: input({ moveX: axis() }),
  step() {},
});

/** The game of a few on one screen. */
export class DuelRoom extends SimulationRoom(raid) {
  override interest = everyone();
}

/** The game of many, with walls and teams. */
export class RaidRoom extends SimulationRoom(raid) {
  override interest = gridInterest({ radius: 60, always: ["flag"], far: 40, teams: "share" })
    .and(lineOfSight({ grid: walls, types: ["player"] }))
    .and((viewer, entity) => {
      const player = this.world.get("player", entity.id);
      if (player === undefined || player.stance === "up") return true;
      return (player.x - viewer.x) ** 2 + (player.y - viewer.y) ** 2 < 10 ** 2;
    });

  override onPlayerJoin(world: RaidRoom["world"], player: PlayerInfo) {
    player.team = 1 + (player.number % 2);
    world.spawn("player", { owner: player.number, x: player.team === 1 ? -400 : 400 });
  }
}
