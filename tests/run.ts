/**
 * What `npm test` runs: lint, format and type check, then every test of the workspace, browser tests included.
 * The last line is `N passed, N failed` (and `, N skipped`), which counts single tests and each failed check.
 * Arguments are handed to vitest, for example `npm test -- shared/src/physics`.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "./runner/ensure-chromium.ts";
import { isCi } from "./runner/is-ci.ts";
import { root, runTool } from "./runner/run-command.ts";
import { countTests, summaryLine, type TestCounts, type VitestReport } from "./runner/test-report.ts";

/** Far above what a slow machine needs: only something that hangs meets these. */
const CHECK_LIMIT_MINUTES = 5;
const TEST_LIMIT_MINUTES = 25;

const checks = [
  { name: "lint", tool: "oxlint", args: ["--deny-warnings"] },
  { name: "format", tool: "oxfmt", args: ["--check"] },
  { name: "types", tool: "tsc", args: ["--noEmit"] },
] as const;

function say(line: string): void {
  console.log(line);
}

async function check(): Promise<number> {
  let failed = 0;
  for (const { name, tool, args } of checks) {
    const { code, output } = await runTool(tool, args, { limitMinutes: CHECK_LIMIT_MINUTES });
    say(`${code === 0 ? "ok  " : "FAIL"}  ${name} (${tool} ${args.join(" ")})`);
    if (code !== 0) {
      say(output.trimEnd());
      failed += 1;
    }
  }
  return failed;
}

async function test(): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), "tidelock-test-"));
  const file = join(folder, "report.json");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { code } = await runTool("vitest", [...args, ...process.argv.slice(2)], {
    live: true,
    limitMinutes: TEST_LIMIT_MINUTES,
  });
  let counts: TestCounts = { passed: 0, failed: 0, skipped: 0, skippedSuites: [] };
  try {
    counts = countTests(JSON.parse(readFileSync(file, "utf8")) as VitestReport);
  } catch {
    say("FAIL  vitest ended without a report");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // Errors outside of any test, or a run that was ended.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

const chromium = ensureChromium(say);
if (chromium !== undefined) say(`browser: ${chromium}`);
const failedChecks = await check();
const counts = await test();
counts.failed += failedChecks;
for (const suite of counts.skippedSuites) {
  say(`${isCi ? "FAIL  " : ""}skipped suite: ${suite.replace(root, "").replace(/^[\\/]/, "")}`);
  if (isCi) counts.failed += 1;
}
say(summaryLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
