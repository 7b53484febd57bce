/** JSON with bytes in it: they become an object of one property, which no value of the bus has. */
const BYTES = "$bytes";

export function toBusJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    item instanceof Uint8Array
      ? { [BYTES]: Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString("base64") }
      : item,
  );
}

/** @throws SyntaxError when the text is no JSON */
export function fromBusJson<T>(text: string): T {
  return JSON.parse(text, (_, item: unknown) =>
    typeof item === "object" && item !== null && BYTES in item
      ? Uint8Array.from(Buffer.from(String(item[BYTES]), "base64"))
      : item,
  ) as T;
}
