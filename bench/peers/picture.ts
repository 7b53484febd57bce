/** A field of an entity as a whole number of shown steps, from 0. */
export interface PictureField {
  readonly name: string;
  /** What the largest value takes. */
  readonly bits: number;
}

/** What clients are to be shown of a world: the same whole numbers for every peer that sends whole numbers. */
export interface Picture {
  readonly fields: readonly PictureField[];
  /** Entities in the world; they are numbered from 0. */
  readonly count: number;
  value(entity: number, field: number): number;
}

/** An entity as a peer's own libraries want it: one property per field. */
export type PictureEntity = Record<string, number>;

/** Copies an entity out of the picture. */
export function copyEntity({ fields, value }: Picture, entity: number, into: PictureEntity): void {
  for (let field = 0; field < fields.length; field++) into[fields[field].name] = value(entity, field);
}

/** How many of an entity's fields a client has wrong; all of them when it does not have the entity. */
export function wrongFields(
  { fields, value }: Picture,
  entity: number,
  shown: Readonly<PictureEntity> | undefined,
): number {
  if (shown === undefined) return fields.length;
  let wrong = 0;
  for (const [field, { name }] of fields.entries()) if (shown[name] !== value(entity, field)) wrong++;
  return wrong;
}

/** How many fields and surplus entities are wrong in what a client shows, by entity, against what it should see. */
export function wrongIn(
  picture: Picture,
  visible: Int32Array,
  shown: ReadonlyMap<number, Readonly<PictureEntity>>,
): number {
  let wrong = Math.max(0, shown.size - visible.length);
  for (const entity of visible) wrong += wrongFields(picture, entity, shown.get(entity));
  return wrong;
}
