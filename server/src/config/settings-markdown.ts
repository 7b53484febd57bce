import { allowedBy, type Setting } from "./setting.ts";

/** The table of settings as Markdown, for the documentation. */
export function settingsMarkdown(table: readonly Setting[]): string {
  const rows = table.map((setting) =>
    row([`\`${setting.env}\``, defaultOf(setting, table), allowedBy(setting), setting.doc]),
  );
  return [
    row(["Variable", "Default", "Allowed", "Meaning"]),
    row(["---", "---", "---", "---"]),
    ...rows,
    "",
  ].join("\n");
}

function defaultOf(setting: Setting, table: readonly Setting[]): string {
  const value = setting.default;
  if (typeof value === "object") {
    const other = table.find(({ name }) => name === value.sameAs);
    return `that of \`${other?.env ?? value.sameAs}\``;
  }
  return value === "" ? "not set" : `\`${value}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
