import { describe, expect, expectTypeOf, test } from "vitest";
import { TidelockError } from "@tidelock/shared";
import { budgetLimits, DEFAULT_BUDGET_LIMITS } from "../budget/budget-limits.ts";
import { readServerConfig, readSettings } from "./read-config.ts";
import { serverSettings, type ServerConfig } from "./server-settings.ts";
import type { Setting } from "./setting.ts";
import { settingsMarkdown } from "./settings-markdown.ts";

describe("server configuration", () => {
  test("has its defaults when nothing is set, or set to nothing", () => {
    const defaults = {
      port: 2567,
      udpPort: 2567,
      publicAddress: "",
      transport: "direct",
      snapshotRate: 30,
      minRate: 16,
      maxRate: 1000,
      narrowRate: 64,
      stateShare: 50,
      checkState: "development",
      condition: "",
    };
    expect(readServerConfig({})).toEqual(defaults);
    expect(readServerConfig({ PORT: "", TIDELOCK_TRANSPORT: "  " })).toEqual(defaults);
  });

  test("asks for the budget that rooms have without it", () => {
    expect(budgetLimits(readServerConfig({}))).toEqual(DEFAULT_BUDGET_LIMITS);
  });

  test("takes values from the environment", () => {
    const config = readServerConfig({
      PORT: " 8080 ",
      TIDELOCK_TRANSPORT: "geckos",
      TIDELOCK_CONDITION: "bad-wifi",
    });
    expect(config).toMatchObject({
      port: 8080,
      transport: "geckos",
      condition: "bad-wifi",
    });
  });

  test("lets the UDP port follow the HTTP port unless it has its own", () => {
    expect(readServerConfig({ PORT: "9000" }).udpPort).toBe(9000);
    expect(readServerConfig({ PORT: "9000", TIDELOCK_UDP_PORT: "40000" }).udpPort).toBe(40_000);
  });

  test.each([
    ["PORT", "65536", 'PORT is "65536"; allowed is a whole number from 0 to 65535.'],
    ["PORT", "80.5", 'PORT is "80.5"; allowed is a whole number'],
    ["PORT", "0x50", 'PORT is "0x50"'],
    ["TIDELOCK_UDP_PORT", "-1", 'TIDELOCK_UDP_PORT is "-1"'],
    [
      "TIDELOCK_SNAPSHOT_RATE",
      "0",
      'TIDELOCK_SNAPSHOT_RATE is "0"; allowed is a whole number from 1 to 128 Hz.',
    ],
    ["TIDELOCK_TRANSPORT", "udp", 'TIDELOCK_TRANSPORT is "udp"; allowed is direct, geckos, websocket.'],
    ["TIDELOCK_PUBLIC_ADDRESS", "a".repeat(300), `is "${"a".repeat(40)}..."; allowed is text of up to 253`],
  ])("refuses %s=%s, naming the variable, the value and what is allowed", (env, value, message) => {
    expect(() => readServerConfig({ [env]: value })).toThrow(message);
  });

  test("reads a game's own table of settings in the same way", () => {
    const table = [
      {
        name: "grace",
        env: "GRACE",
        kind: "number",
        min: 0,
        max: 3600,
        default: 25,
        unit: "s",
        doc: "Grace.",
      },
    ] as const;
    expect(readSettings(table, { GRACE: "2.5" })).toEqual({ grace: 2.5 });
    expect(() => readSettings(table, { GRACE: "Infinity" })).toThrow("allowed is a number from 0 to 3600 s.");
  });

  test("names all wrong variables at once, under a stable code", () => {
    try {
      readServerConfig({ PORT: "x", TIDELOCK_TRANSPORT: "y" });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TidelockError);
      expect(error).toMatchObject({ code: "config/out-of-range" });
      expect(String(error)).toMatch(/PORT is "x".*\n.*TIDELOCK_TRANSPORT is "y"/);
    }
  });

  test("is typed by the table", () => {
    expectTypeOf<ServerConfig["port"]>().toEqualTypeOf<number>();
    expectTypeOf<ServerConfig["transport"]>().toEqualTypeOf<"direct" | "geckos" | "websocket">();
    expectTypeOf<ServerConfig["condition"]>().toEqualTypeOf<string>();
  });

  test("every default is a value its own row allows", () => {
    const table: readonly Setting[] = serverSettings;
    const written = Object.fromEntries(
      table.filter((s) => typeof s.default !== "object").map((s) => [s.env, String(s.default)]),
    );
    expect(readServerConfig(written)).toEqual(readServerConfig({}));
  });

  test("refuses a table with one name twice", () => {
    const row = { name: "a", env: "A", kind: "text", maxLength: 1, default: "", doc: "" } as const;
    expect(() => readSettings([row, row], {})).toThrow(/config\/table/);
  });
});

describe("settings as Markdown", () => {
  const lines = settingsMarkdown(serverSettings).split("\n");

  test("has one row for each setting", () => {
    expect(lines[0]).toBe("| Variable | Default | Allowed | Meaning |");
    for (const { env } of serverSettings)
      expect(lines.filter((l) => l.startsWith(`| \`${env}\` |`))).toHaveLength(1);
  });

  test("tells defaults, ranges and meaning", () => {
    expect(lines).toContain(
      "| `TIDELOCK_SNAPSHOT_RATE` | `30` | a whole number from 1 to 128 Hz | Snapshots per second to each client; never more than the tick rate. |",
    );
    expect(lines.find((l) => l.includes("TIDELOCK_UDP_PORT"))).toContain("| that of `PORT` |");
    expect(lines.find((l) => l.includes("TIDELOCK_CONDITION"))).toContain("| not set |");
  });
});
