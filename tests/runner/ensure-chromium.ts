import { spawnSync } from "node:child_process";
import { findChromium } from "../browser/harness/chromium.ts";

/** Finds the browser for the tests, installing Debian's where that is possible. Returns its path, if any. */
export function ensureChromium(say: (line: string) => void): string | undefined {
  const found = findChromium();
  if (found !== undefined) return found;
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
  if (isRoot && hasApt) {
    say("no Chromium here: installing Debian's package chromium with apt-get");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { stdio: "inherit", env });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      stdio: ["ignore", "ignore", "inherit"],
      env,
    });
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  say("no Chromium here, so the browser tests are skipped. Install one of these and run again:");
  say("  Debian, Ubuntu:  sudo apt-get install chromium");
  say("  anywhere:        npx playwright-core install chromium");
  say("  or point CHROMIUM_PATH at the executable of a Chromium or Chrome you have");
  return undefined;
}
