import { describe, expect, test } from "vitest";
import { TableStorage } from "./table-storage.ts";

function filled(columns: number, capacity: number): TableStorage {
  const storage = new TableStorage(columns, capacity);
  for (let slot = 0; slot < capacity; slot++) {
    for (let c = 0; c < columns; c++) {
      storage.values[c][slot] = slot + c / 8;
      storage.quantised[c][slot] = slot * 8 + c;
    }
    storage.ids[slot] = 0xf000_0000 + slot;
    storage.owners[slot] = slot;
    storage.alive[slot] = slot % 2;
    storage.order[slot] = capacity - slot;
  }
  return storage;
}

function entity(storage: TableStorage, slot: number): number[] {
  const { values, quantised, ids, owners, alive, order } = storage;
  const columns = [...values, ...quantised].map((column) => column[slot]);
  return [...columns, ids[slot], owners[slot], alive[slot], order[slot]];
}

describe("storage of a table", () => {
  test.each([0, 1, 7])("holds %i columns of which none reaches into another", (columns) => {
    const storage = filled(columns, 32);
    for (let slot = 0; slot < 32; slot++) {
      const values = Array.from({ length: columns }, (_, c) => slot + c / 8);
      const quantised = Array.from({ length: columns }, (_, c) => slot * 8 + c);
      const rest = [0xf000_0000 + slot, slot, slot % 2, 32 - slot];
      expect(entity(storage, slot)).toEqual([...values, ...quantised, ...rest]);
    }
  });

  test.each([32, 64])("takes over the entities of smaller or equal storage, with room for %i", (capacity) => {
    const from = filled(5, 32);
    const to = new TableStorage(5, capacity);
    to.copyFrom(from, 32);
    for (let slot = 0; slot < 32; slot++) expect(entity(to, slot)).toEqual(entity(from, slot));
    from.values[0][3] = 1000;
    expect(to.values[0][3]).toBe(3);
  });
});
