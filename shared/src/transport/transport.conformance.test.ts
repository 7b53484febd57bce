import { describe, expect, it } from "vitest";
import { channelConformance } from "../testing/channel-conformance.ts";
import { VirtualScheduler } from "../testing/virtual-scheduler.ts";
import { condition } from "./condition.ts";
import { conditionChannel, Conditioner } from "./conditioner.ts";
import { DropCounter } from "./drop-counter.ts";
import { loopbackPair } from "./loopback.ts";

for (const name of [
  "loopback",
  "loopback behind a conditioner that does nothing",
  "loopback behind latency",
]) {
  describe(`${name} keeps the promises of a channel`, () => {
    const scheduler = new VirtualScheduler();
    const cases = channelConformance({
      until: (reached) => {
        for (let ms = 0; ms < 3000 && !reached(); ms += 1) scheduler.advance(1);
        expect(reached()).toBe(true);
      },
      connect: () => {
        const drops = new DropCounter();
        const ends = loopbackPair(scheduler, { drops }).map((end) => {
          if (name === "loopback") return end;
          const given = name.endsWith("latency") ? condition({ latencyMs: 30 }) : undefined;
          const path = () => new Conditioner({ scheduler, random: () => 0.5, drops }, given);
          return conditionChannel(end, { outgoing: path(), incoming: path() });
        });
        return {
          server: ends[0],
          client: ends[1],
          serverDrops: drops,
          clientDrops: drops,
          dispose: () => {},
        };
      },
      skip: {
        "refuses frames instead of growing when the peer does not read":
          "a loopback has no reader that could stop: frames arrive when time moves",
      },
    });
    for (const each of cases)
      it.skipIf(each.skip !== undefined)(`${each.name}${each.skip ? `: ${each.skip}` : ""}`, each.run);
  });
}
