import type { EntityId } from "@tidelock/shared";
import type { StoredRegion } from "./region-bus.ts";
import type { RegionCore } from "./region-core.ts";
import type { EntityState } from "./transfer.ts";

/** What a region had, by its snapshot and everything written after it. */
export function storedEntities({ snapshot, batches, left }: StoredRegion): Map<EntityId, EntityState> {
  const entities = new Map<EntityId, EntityState>();
  for (const entity of snapshot?.entities ?? []) entities.set(entity.id, entity);
  for (const { entries } of batches)
    for (const entry of entries)
      if (entry.kind === "kept") entities.set(entry.entity.id, entry.entity);
      else if ((entities.get(entry.entity.id)?.epoch ?? 0) <= entry.entity.epoch)
        entities.delete(entry.entity.id);
  for (const { id, epoch } of left) if ((entities.get(id)?.epoch ?? 0) <= epoch) entities.delete(id);
  return entities;
}

/** Asks again until it is answered or the region is no longer ours. */
const RETRY_MS = 100;

/** Puts a region together from what is stored, then calls `done`. Does not when the region is lost on the way. */
export function restoreRegion(core: RegionCore, done: () => void): void {
  const { bus, id, lease, scheduler } = core;
  const { epoch } = lease;
  const isOurs = (): boolean => lease.epoch === epoch && lease.check();
  const again = (): void => void scheduler.after(RETRY_MS, () => isOurs() && restoreRegion(core, done));
  bus.load(id, (stored) => {
    if (!isOurs()) return;
    if (stored === undefined) return again();
    const entities = storedEntities(stored);
    bus.records([...entities.keys()], (records) => {
      if (!isOurs()) return;
      if (records === undefined) return again();
      for (const record of records) {
        const entity = entities.get(record.id);
        if (entity === undefined || record.epoch < entity.epoch) continue;
        if (record.region === id) entities.set(record.id, { ...entity, epoch: record.epoch });
        else entities.delete(record.id);
      }
      resume(core, stored, [...entities.values()]);
      done();
    });
  });
}

function resume(core: RegionCore, stored: StoredRegion, members: readonly EntityState[]): void {
  const { authority, host, inputs, journal, tick } = core;
  const cursors = stored.snapshot?.cursors ?? [];
  for (const { player, last } of cursors) inputs.advance(player, last);
  journal.reset(stored.sequence);
  if (stored.snapshot !== undefined) host.load(stored.snapshot.state);
  host.put({ members, cursors, extra: new Uint8Array(0) });
  for (const member of members) authority.take(member);
  core.trace({ kind: "restored", tick, entities: members.map(({ id }) => id) });
}
