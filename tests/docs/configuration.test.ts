import { serverSettings } from "@tidelock/server";
import { settingsMarkdown } from "@tidelock/server/testing";
import { describe, expect, it } from "vitest";
import { readRepositoryFile } from "./document.ts";

describe("docs/configuration.md", () => {
  it("lists every setting as the server reads it", () => {
    const table = settingsMarkdown(serverSettings);
    expect(
      readRepositoryFile("docs/configuration.md"),
      `docs/configuration.md is out of date; between its two markers belongs:\n\n${table}`,
    ).toContain(`<!-- settings -->\n\n${table}\n<!-- /settings -->`);
  });
});
