import type { FieldMap } from "../schema/field.ts";
import type { FieldValues } from "../schema/entity-type.ts";
import type { Property, RecordType } from "../schema/record-type.ts";
import type { EntityId, PlayerNumber } from "./entity-id.ts";
import type { Table } from "./table.ts";

/** What every entity has besides its fields. */
export interface EntityHandle {
  readonly id: EntityId;
  /** The player whose input drives it, 0 for nobody. */
  readonly owner: PlayerNumber;
  /** The name of its kind in the game definition. */
  readonly type: string;
  /** False once it was despawned; its fields are meaningless then. */
  readonly alive: boolean;
}

/** An entity of the world: its fields read and write the world's columns. */
export type Entity<F extends FieldMap = FieldMap> = EntityHandle & FieldValues<F>;

/** Where a view's fields live; the view stays small so that one per entity costs little. */
class View implements EntityHandle {
  readonly table: Table;
  readonly slot: number;
  readonly id: EntityId;

  constructor(table: Table, slot: number) {
    this.table = table;
    this.slot = slot;
    this.id = table.ids[slot];
  }

  get owner(): PlayerNumber {
    return this.table.owners[this.slot];
  }
  get type(): string {
    return this.table.type.name;
  }
  get alive(): boolean {
    return this.table.alive[this.slot] === 1 && this.table.ids[this.slot] === this.id;
  }
}

type ViewClass = new (table: Table, slot: number) => View;
const classes = new WeakMap<RecordType, ViewClass>();

export function createView(table: Table, slot: number): EntityHandle {
  let known = classes.get(table.type);
  if (known === undefined) classes.set(table.type, (known = viewClass(table.type)));
  return new known(table, slot);
}

/** The table and slot behind a handle that a world gave out. */
export function locate(handle: EntityHandle): { readonly table: Table; readonly slot: number } | undefined {
  return handle instanceof View ? handle : undefined;
}

function viewClass(type: RecordType): ViewClass {
  class TypedView extends View {}
  for (const property of type.properties)
    Object.defineProperty(TypedView.prototype, property.name, { ...accessor(property), enumerable: true });
  return TypedView;
}

function accessor({ first, reading, components, shape }: Property): PropertyDescriptor & ThisType<View> {
  if (shape !== "scalar") return vectorAccessor(first, components);
  if (reading.as === "boolean")
    return {
      get() {
        return this.table.values[first][this.slot] !== 0;
      },
      set(value: boolean) {
        this.table.values[first][this.slot] = value ? 1 : 0;
      },
    };
  if (reading.as === "name")
    return {
      get() {
        return reading.names[this.table.values[first][this.slot]];
      },
      set(value: string) {
        // An unknown name becomes NaN, which the end of the step reports with entity and field.
        const at = reading.names.indexOf(value);
        this.table.values[first][this.slot] = at < 0 ? Number.NaN : at;
      },
    };
  return {
    get() {
      return this.table.values[first][this.slot];
    },
    set(value: number) {
      this.table.values[first][this.slot] = value;
    },
  };
}

function vectorAccessor(first: number, components: readonly string[]): PropertyDescriptor & ThisType<View> {
  class Vector {
    readonly view: View;
    constructor(view: View) {
      this.view = view;
    }
  }
  components.forEach((component, i) => {
    Object.defineProperty(Vector.prototype, component, {
      enumerable: true,
      get(this: Vector) {
        return this.view.table.values[first + i][this.view.slot];
      },
      set(this: Vector, value: number) {
        this.view.table.values[first + i][this.view.slot] = value;
      },
    });
  });
  const parts = new WeakMap<View, Vector>();
  return {
    get() {
      let part = parts.get(this);
      if (part === undefined) parts.set(this, (part = new Vector(this)));
      return part;
    },
    set(value: Readonly<Record<string, number>>) {
      components.forEach((component, i) => {
        this.table.values[first + i][this.slot] = value[component] ?? Number.NaN;
      });
    },
  };
}
