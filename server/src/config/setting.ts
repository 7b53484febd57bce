interface SettingBase<Name extends string> {
  /** Property of the configuration. */
  readonly name: Name;
  /** Environment variable. */
  readonly env: string;
  /** One or two sentences for the documentation. */
  readonly doc: string;
}

/** A number within a range. */
export interface NumberSetting<Name extends string = string> extends SettingBase<Name> {
  readonly kind: "integer" | "number";
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  /** A value, or the value of a setting that stands earlier in the table. */
  readonly default: number | { readonly sameAs: string };
}

/** Text of bounded length; "" is not set. */
export interface TextSetting<Name extends string = string> extends SettingBase<Name> {
  readonly kind: "text";
  readonly maxLength: number;
  readonly default: string;
}

/** One of a few words. */
export interface ChoiceSetting<Name extends string = string> extends SettingBase<Name> {
  readonly kind: "choice";
  readonly choices: readonly string[];
  readonly default: string;
}

/** A row of the one table that reading, types and documentation are made from. */
export type Setting<Name extends string = string> =
  | NumberSetting<Name>
  | TextSetting<Name>
  | ChoiceSetting<Name>;

type ValueOf<S extends Setting> = S extends ChoiceSetting
  ? S["choices"][number]
  : S extends TextSetting
    ? string
    : number;

/** The configuration a table describes: each name with its type. */
export type ConfigOf<Table extends readonly Setting[]> = {
  readonly [S in Table[number] as S["name"]]: ValueOf<S>;
};

/** Either the value, or what is allowed instead. */
export type Parsed = { readonly ok: true; readonly value: number | string } | { readonly ok: false };

/** Reads one value from text; text around it is trimmed. */
export function parseSetting(setting: Setting, text: string): Parsed {
  const refused: Parsed = { ok: false };
  switch (setting.kind) {
    case "choice":
      return setting.choices.includes(text) ? { ok: true, value: text } : refused;
    case "text":
      return text.length <= setting.maxLength ? { ok: true, value: text } : refused;
    default: {
      // Number() alone would take "0x1f", "1e3" and "Infinity" for numbers somebody meant.
      if (!/^-?\d+(\.\d+)?$/.test(text)) return refused;
      const value = Number(text);
      const whole = setting.kind === "number" || Number.isInteger(value);
      return whole && value >= setting.min && value <= setting.max ? { ok: true, value } : refused;
    }
  }
}

/** What a setting allows, in words. */
export function allowedBy(setting: Setting): string {
  switch (setting.kind) {
    case "choice":
      return setting.choices.join(", ");
    case "text":
      return `text of up to ${setting.maxLength} characters`;
    default:
      return `${setting.kind === "integer" ? "a whole number" : "a number"} from ${setting.min} to ${setting.max}${setting.unit === "" ? "" : ` ${setting.unit}`}`;
  }
}
