import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium, launchChromium } from "../browser/harness/chromium.ts";
import { bundleForBrowser } from "../browser/harness/page-server.ts";
import type { NetworkPath } from "./network-path.ts";
import type { ArrivalReport } from "./record-arrivals.ts";

const PAGE = fileURLToPath(new URL("age-page.ts", import.meta.url));

/** Plays in a Chromium at the client's end of the path. The page's script comes from here, not over the path. */
export async function recordInChromium(
  path: NetworkPath,
  url: string,
  transport: string,
  seconds: number,
): Promise<ArrivalReport> {
  const folder = mkdtempSync(join(tmpdir(), "tidelock-netpath-"));
  try {
    // The browser is driven over a pipe, which namespaces do not hinder.
    const launcher = join(folder, "chromium");
    writeFileSync(launcher, `#!/bin/sh\nexec ${path.prefix("client").join(" ")} ${findChromium()} "$@"\n`, {
      mode: 0o755,
    });
    const script = await bundleForBrowser(PAGE);
    const browser = await launchChromium([], { executablePath: launcher });
    try {
      const page = await browser.newPage();
      // Whatever the server answers: its page may talk to it, one that came from elsewhere might not.
      await page.goto(url);
      await page.addScriptTag({ content: script, type: "module" });
      await page.waitForFunction("'recordInPage' in globalThis");
      return await page.evaluate(
        ([server, kind, time]) => recordInPage(server, kind, time, globalThis.RTCPeerConnection),
        [url, transport, seconds] as const,
      );
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
