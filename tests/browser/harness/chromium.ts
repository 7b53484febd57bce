import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/** Where Debian, and most other systems, put a browser. */
const SYSTEM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** What every test needs: no sandbox (tests may run as root), no traffic of the browser's own. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Where there is only a loopback interface, WebRTC would otherwise find no address to use.
  "--allow-loopback-in-peer-connection",
  "--disable-features=WebRtcHideLocalIpsWithMdns",
];

/** The browser to test with: CHROMIUM_PATH, the system's, then playwright's own; undefined when there is none. */
export function findChromium(): string | undefined {
  const given = process.env["CHROMIUM_PATH"];
  if (given !== undefined && given !== "") return given;
  const own = chromium.executablePath();
  return [...SYSTEM_PATHS, own].find((path) => path !== "" && existsSync(path));
}

/** Starts a headless browser with a fresh profile. `flags` are added to the usual ones. */
export async function launchChromium(
  flags: readonly string[] = [],
  options: LaunchOptions = {},
): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      "No Chromium found. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.",
    );
  }
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...flags], ...options });
}
