/** Where wanderers were: `places` holds x and y of each of `ids` in turn, for every `every`-th tick from `firstTick` on. */
export interface Truth {
  readonly ids: readonly number[];
  readonly firstTick: number;
  readonly every: number;
  readonly places: readonly (readonly number[])[];
}

/** What a client showed at one moment. */
export interface Picture {
  readonly atMs: number;
  /** The moment of the server's past that was shown. */
  readonly renderTick: number;
  /** Where the client's own player was. */
  readonly viewer: readonly [x: number, y: number];
  /** Of each of the others in turn: id, x and y as shown, and the tick of the newest state that the client had of it. */
  readonly shown: readonly number[];
}

/** How good the picture of some entities was, over some time. */
export interface PictureFigures {
  /** Distance between where an entity was shown and where it was at that moment, in units. */
  readonly meanError: number;
  readonly errorP95: number;
  /** Units per second. */
  readonly meanSpeed: number;
  /** From the viewer, in units. */
  readonly meanDistance: number;
  /** Age of the newest state that the client had, in milliseconds. */
  readonly meanAgeMs: number;
}

export const GROUPS = ["near, fast", "near, slow", "far, fast", "far, slow", "all"] as const;
export type Group = (typeof GROUPS)[number];

interface Sight {
  readonly error: number;
  readonly speed: number;
  readonly distance: number;
  readonly ageMs: number;
}

const VALUES_PER_ENTITY = 4;

/**
 * What pictures were worth, for the nearest and the furthest quarter of all entities in each and among these for the fastest and the
 * slowest quarter of all.
 */
export function pictureFigures(
  pictures: readonly Picture[],
  truth: Truth,
  sentMs: (tick: number) => number,
  tickRate: number,
): Record<Group, PictureFigures> {
  const groups: Record<Group, Sight[]> = {
    "near, fast": [],
    "near, slow": [],
    "far, fast": [],
    "far, slow": [],
    all: [],
  };
  for (const picture of pictures) {
    const sights = sightsOf(picture, truth, sentMs, tickRate);
    const near = quantile(
      sights.map(({ distance }) => distance),
      0.25,
    );
    const far = quantile(
      sights.map(({ distance }) => distance),
      0.75,
    );
    const slow = quantile(
      sights.map(({ speed }) => speed),
      0.25,
    );
    const fast = quantile(
      sights.map(({ speed }) => speed),
      0.75,
    );
    for (const sight of sights) {
      const where = sight.distance <= near ? "near" : sight.distance >= far ? "far" : undefined;
      const how = sight.speed <= slow ? "slow" : sight.speed >= fast ? "fast" : undefined;
      groups.all.push(sight);
      if (where !== undefined && how !== undefined) groups[`${where}, ${how}`].push(sight);
    }
  }
  return Object.fromEntries(GROUPS.map((group) => [group, figuresOf(groups[group])])) as Record<
    Group,
    PictureFigures
  >;
}

function sightsOf(
  { atMs, renderTick, viewer, shown }: Picture,
  { ids, firstTick, every, places }: Truth,
  sentMs: (tick: number) => number,
  tickRate: number,
): Sight[] {
  const at = (renderTick - firstTick) / every;
  const [before, after] = [places[Math.floor(at)], places[Math.floor(at) + 1]];
  if (before === undefined || after === undefined) return [];
  const indexes = new Map(ids.map((id, index) => [id, index * 2]));
  const part = at - Math.floor(at);
  const sights: Sight[] = [];
  for (let i = 0; i < shown.length; i += VALUES_PER_ENTITY) {
    const place = indexes.get(shown[i]);
    if (place === undefined) continue;
    const [dx, dy] = [after[place] - before[place], after[place + 1] - before[place + 1]];
    const [x, y] = [before[place] + dx * part, before[place + 1] + dy * part];
    sights.push({
      error: Math.hypot(shown[i + 1] - x, shown[i + 2] - y),
      speed: (Math.hypot(dx, dy) * tickRate) / every,
      distance: Math.hypot(x - viewer[0], y - viewer[1]),
      ageMs: atMs - sentMs(shown[i + 3]),
    });
  }
  return sights;
}

function figuresOf(sights: readonly Sight[]): PictureFigures {
  const mean = (of: (sight: Sight) => number): number =>
    sights.reduce((sum, sight) => sum + of(sight), 0) / sights.length;
  return {
    meanError: mean(({ error }) => error),
    errorP95: quantile(
      sights.map(({ error }) => error),
      0.95,
    ),
    meanSpeed: mean(({ speed }) => speed),
    meanDistance: mean(({ distance }) => distance),
    meanAgeMs: mean(({ ageMs }) => ageMs),
  };
}

function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * fraction)] ?? Number.NaN;
}
