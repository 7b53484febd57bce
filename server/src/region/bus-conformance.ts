import { acquired, ask, type BusBench, check, equal, same } from "./bus-bench.ts";
import type { JournalBatch, RegionSnapshot } from "./journal-entry.ts";
import type { RegionMessage } from "./region-message.ts";
import type { Claim, Transfer } from "./transfer.ts";

/** What every bus promises. Each case gets a world of its own. */
export const busConformance: Readonly<Record<string, (bench: BusBench) => Promise<void>>> = {
  "gives a region to one owner at a time": async (bench) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    const first = await acquired(bench, a, 7);
    const second = await ask(bench, b, "acquire", 7, 0);
    equal(second.kind, "held", "the other's answer");
    check(second.kind === "held" && second.retryMs > 0 && second.retryMs <= bench.leaseMs, "a time is named");
    check(first > 0, "the epoch is above 0");
  },

  "gives a region away when its lease has lapsed, at a higher epoch, and tells the one before": async (
    bench,
  ) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    const first = await acquired(bench, a, 0);
    await bench.wait(bench.leaseMs + 20);
    const second = await ask(bench, b, "acquire", 0, 0);
    check(second.kind === "granted" && second.epoch > first, "the epoch rises");
    equal(second.kind === "granted" && second.previous, first, "the epoch before");
    equal((await ask(bench, a, "renew", 0, first)).kind, "lost", "renewal by the first");
    equal((await ask(bench, a, "acquire", 0, first)).kind, "outdated", "return of the first");
  },

  "keeps a lease that is renewed": async (bench) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    const epoch = await acquired(bench, a, 1);
    for (let i = 0; i < 4; i++) {
      await bench.wait(bench.leaseMs / 2);
      equal((await ask(bench, a, "renew", 1, epoch)).kind, "renewed", "renewal");
    }
    equal((await ask(bench, b, "acquire", 1, 0)).kind, "held", "the other's answer");
  },

  "lets an owner whose lease lapsed return to what nobody else took": async (bench) => {
    const a = bench.connect("a");
    const first = await acquired(bench, a, 2);
    await bench.wait(bench.leaseMs + 20);
    const again = await ask(bench, a, "acquire", 2, first);
    check(again.kind === "granted" && again.previous === first && again.epoch > first, "it is granted anew");
  },

  "gives an owner the same grant again that it may not have heard of": async (bench) => {
    const a = bench.connect("a");
    const first = await acquired(bench, a, 2);
    await bench.wait(bench.leaseMs + 20);
    const unheard = await ask(bench, a, "acquire", 2, first);
    same(await ask(bench, a, "acquire", 2, first), unheard, "the grant asked for again");
    await bench.wait(bench.leaseMs + 20);
    const late = await ask(bench, a, "acquire", 2, first);
    check(late.kind === "granted" && late.previous === first, "nobody else had it in between");
  },

  "frees a released region at once, for its owner's epoch only": async (bench) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    const epoch = await acquired(bench, a, 3);
    equal(await ask(bench, b, "release", 3, epoch), false, "release by another");
    equal(await ask(bench, a, "release", 3, epoch - 1), false, "release of another epoch");
    equal(await ask(bench, a, "release", 3, epoch), true, "release");
    await acquired(bench, b, 3);
  },

  "knows which processes are there, and which regions are somebody's": async (bench) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    await acquired(bench, a, 5);
    await ask(bench, a, "announce", 0.25);
    const seen = await ask(bench, b, "announce", 0);
    const processes = [...seen.processes].sort((x, y) => (x.owner < y.owner ? -1 : 1));
    same(
      processes,
      [
        { owner: "a", load: 0.25 },
        { owner: "b", load: 0 },
      ],
      "processes",
    );
    same(seen.regions, [{ region: 5, owner: "a" }], "regions");
    await ask(bench, b, "announce", undefined);
    same((await ask(bench, a, "announce", 1)).processes, [{ owner: "a", load: 1 }], "after one has left");
    await bench.wait(bench.leaseMs + 20);
    same(await ask(bench, b, "announce", undefined), { processes: [], regions: [] }, "after silence");
  },

  "frees the regions of a process that is known to have ended, and no others": async (bench) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    const first = await acquired(bench, a, 3);
    await acquired(bench, b, 4);
    await ask(bench, a, "announce", 0);
    same(await ask(bench, b, "bury", "a"), [3], "the regions it had");
    const { processes, regions } = await ask(bench, b, "announce", 0);
    same([processes, regions], [[{ owner: "b", load: 0 }], [{ region: 4, owner: "b" }]], "who is left");
    check((await acquired(bench, b, 3)) > first, "the epoch rises");
  },

  "moves a group once, with what it carries": async (bench) => {
    const { a, b, transfer } = await twoRegions(bench);
    equal(await ask(bench, a, "commit", transfer, false), "committed", "commit");
    equal(await ask(bench, a, "commit", transfer, false), "committed", "the same again");
    const entries = await ask(bench, b, "inbox", 1);
    equal(entries.length, 1, "transfers in the inbox");
    same(entries[0].transfer, transfer, "the transfer");
    same(entries[0].superseded, [], "superseded members");
    const records = await ask(bench, a, "records", [11, 12, 13]);
    same(
      [...records].sort((x, y) => x.id - y.id),
      [record(11, 2, 1), record(12, 5, 1)],
      "records",
    );
  },

  "refuses a commit in the name of an epoch that is over": async (bench) => {
    const { a, b, transfer } = await twoRegions(bench);
    await ask(bench, a, "release", 0, transfer.fromEpoch);
    await acquired(bench, b, 0);
    equal(await ask(bench, a, "commit", transfer, false), "fenced", "commit");
    equal(await ask(bench, a, "settle", transfer), "fenced", "settle");
    same(await ask(bench, b, "inbox", 1), [], "inbox");
  },

  "refuses a commit to a region whose acceptor is gone": async (bench) => {
    const { a, b, transfer } = await twoRegions(bench);
    await ask(bench, b, "release", 1, transfer.toEpoch);
    equal(await ask(bench, a, "commit", transfer, false), "target-gone", "without an owner");
    await acquired(bench, b, 1);
    equal(await ask(bench, a, "commit", transfer, false), "target-gone", "at a new epoch");
  },

  "refuses a commit of members that changed hands before, all of them": async (bench) => {
    const { a, b, transfer } = await twoRegions(bench);
    same(await ask(bench, b, "reassert", 1, [claim(12, 5)]), [], "superseded claims");
    equal(await ask(bench, a, "commit", transfer, false), "superseded", "commit");
    same(await ask(bench, a, "records", [11, 12]), [record(12, 5, 1)], "records");
    same(await ask(bench, b, "inbox", 1), [], "inbox");
  },

  "settles what was committed as committed": async (bench) => {
    const { a, transfer } = await twoRegions(bench);
    await ask(bench, a, "commit", transfer, false);
    equal(await ask(bench, a, "settle", transfer), "committed", "settle");
  },

  "calls off what was not committed, whenever the commit comes": async (bench) => {
    const { a, b, transfer } = await twoRegions(bench);
    equal(await ask(bench, a, "settle", transfer), "kept", "settle");
    equal(await ask(bench, a, "settle", transfer), "kept", "the same again");
    const records = await ask(bench, a, "records", [11, 12]);
    same(
      [...records].sort((x, y) => x.id - y.id),
      [record(11, 3, 0), record(12, 6, 0)],
      "records",
    );
    const batch = { sequence: 1, entries: [died(11, 3), died(12, 6)], arrived: [] };
    await ask(bench, a, "journal", 0, transfer.fromEpoch, batch);
    equal(await ask(bench, a, "commit", transfer, false), "superseded", "a late commit");
    same(await ask(bench, b, "inbox", 1), [], "inbox");
  },

  "writes back the highest epoch and names the claims below it": async (bench) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    same(await ask(bench, a, "reassert", 0, [claim(1, 4), claim(2, 2), claim(3, 1)]), [], "a");
    same(await ask(bench, b, "reassert", 1, [claim(1, 5), claim(2, 2), claim(4, 2)]), [2], "b");
    same(await ask(bench, a, "reassert", 0, [claim(1, 4), claim(2, 2)]), [1], "a again");
    same(await ask(bench, b, "reassert", 1, [claim(1, 4)]), [], "what is its own at a higher epoch");
  },

  "writes back a commit that it may have forgotten": async (bench) => {
    const { a, b, transfer } = await twoRegions(bench);
    await ask(bench, b, "reassert", 1, [claim(11, 2)]);
    equal(await ask(bench, a, "commit", transfer, true), "committed", "commit");
    const entries = await ask(bench, b, "inbox", 1);
    same(entries[0]?.superseded, [], "superseded members");
    await ask(bench, b, "reassert", 2, [claim(12, 7)]);
    same((await ask(bench, b, "inbox", 1))[0]?.superseded, [12], "after a higher claim");
  },

  "takes an arrival out of the inbox with the journal that covers it": async (bench) => {
    const { a, b, transfer } = await twoRegions(bench);
    await ask(bench, a, "commit", transfer, false);
    const batch = { sequence: 1, entries: [kept(11, 2), kept(12, 5)], arrived: [transfer.hid] };
    equal(await ask(bench, b, "journal", 1, transfer.toEpoch, batch), "written", "journal");
    same(await ask(bench, b, "inbox", 1), [], "inbox");
    same((await ask(bench, b, "load", 1)).batches, [batch], "batches");
    equal(await ask(bench, a, "settle", transfer), "committed", "settle afterwards");
  },

  "writes each batch once and none out of turn": async (bench) => {
    const a = bench.connect("a");
    const epoch = await acquired(bench, a, 0);
    const write = (sequence: number) =>
      ask(bench, a, "journal", 0, epoch, { sequence, entries: [kept(sequence, 1)], arrived: [] });
    equal(await write(1), "written", "first");
    equal(await write(1), "written", "first again");
    equal(await write(3), "gap", "third before the second");
    equal(await write(2), "written", "second");
    const { batches, sequence } = await ask(bench, a, "load", 0);
    same(
      batches.map((batch) => batch.sequence),
      [1, 2],
      "batches",
    );
    equal(sequence, 2, "sequence");
  },

  "forgets the record of an entity that died, unless it is owned at a higher epoch": async (bench) => {
    const a = bench.connect("a");
    const epoch = await acquired(bench, a, 0);
    await ask(bench, a, "reassert", 0, [claim(1, 3), claim(2, 3)]);
    const batch = { sequence: 1, entries: [died(1, 3), died(2, 2)], arrived: [] };
    await ask(bench, a, "journal", 0, epoch, batch);
    same(await ask(bench, a, "records", [1, 2]), [record(2, 3, 0)], "records");
  },

  "keeps a snapshot and the batches after it": async (bench) => {
    const a = bench.connect("a");
    const epoch = await acquired(bench, a, 0);
    for (let sequence = 1; sequence <= 3; sequence++)
      await ask(bench, a, "journal", 0, epoch, { sequence, entries: [kept(sequence, 1)], arrived: [] });
    const stored = snapshot(40, 2);
    equal(await ask(bench, a, "snapshot", 0, epoch, stored, []), "written", "snapshot");
    const loaded = await ask(bench, a, "load", 0);
    same(loaded.snapshot, stored, "snapshot");
    same(
      loaded.batches.map((batch) => batch.sequence),
      [3],
      "batches",
    );
    equal(loaded.sequence, 3, "sequence");
    equal(await ask(bench, a, "snapshot", 0, epoch, snapshot(39, 1), []), "outdated", "older");
    same((await ask(bench, a, "load", 0)).snapshot, stored, "snapshot after an older one");
  },

  "mends a gap by a snapshot": async (bench) => {
    const a = bench.connect("a");
    const epoch = await acquired(bench, a, 0);
    await ask(bench, a, "snapshot", 0, epoch, snapshot(40, 8), []);
    const batch: JournalBatch = { sequence: 9, entries: [], arrived: [] };
    equal(await ask(bench, a, "journal", 0, epoch, batch), "written", "the next batch");
  },

  "remembers who left until a snapshot without them is written": async (bench) => {
    const { a, transfer } = await twoRegions(bench);
    await ask(bench, a, "commit", transfer, false);
    const left = [...(await ask(bench, a, "load", 0)).left].sort((x, y) => x.id - y.id);
    same(left, [claim(11, 1), claim(12, 4)], "who left");
    await ask(bench, a, "snapshot", 0, transfer.fromEpoch, snapshot(9, 0), []);
    equal((await ask(bench, a, "load", 0)).left.length, 2, "left after an unaware snapshot");
    await ask(bench, a, "snapshot", 0, transfer.fromEpoch, snapshot(10, 0), [transfer.hid]);
    same((await ask(bench, a, "load", 0)).left, [], "left after a snapshot without them");
  },

  "refuses journal and snapshot in the name of an epoch that is over": async (bench) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    const epoch = await acquired(bench, a, 0);
    await ask(bench, a, "release", 0, epoch);
    await acquired(bench, b, 0);
    const batch: JournalBatch = { sequence: 1, entries: [kept(1, 1)], arrived: [] };
    equal(await ask(bench, a, "journal", 0, epoch, batch), "fenced", "journal");
    equal(await ask(bench, a, "snapshot", 0, epoch, snapshot(1, 0), []), "fenced", "snapshot");
    same((await ask(bench, b, "load", 0)).batches, [], "batches");
  },

  "knows nothing of a region that nobody wrote to": async (bench) => {
    const loaded = await ask(bench, bench.connect("a"), "load", 5);
    same(loaded, { snapshot: undefined, batches: [], left: [], sequence: 0 }, "what is stored");
  },

  "carries messages to those who listen, until they stop": async (bench) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    const heard: RegionMessage[] = [];
    const stop = b.listen(4, (message) => heard.push(message));
    await bench.wait(50);
    const message: RegionMessage = {
      kind: "ghosts",
      from: 1,
      fromEpoch: 3,
      tick: 77,
      ghosts: [{ id: 5, epoch: 2, state: Uint8Array.of(0, 255, 10) }],
    };
    a.send(4, message);
    a.send(5, message);
    await bench.wait(50);
    same(heard, [message], "messages");
    stop();
    await bench.wait(50);
    a.send(4, message);
    await bench.wait(50);
    equal(heard.length, 1, "messages after the end");
  },

  "never answers before the call has returned": async (bench) => {
    let returned = false;
    let answeredEarly = 0;
    bench.connect("a").load(0, () => (answeredEarly += returned ? 0 : 1));
    returned = true;
    await bench.wait(20);
    equal(answeredEarly, 0, "answers during the call");
  },

  "after a restart gives nothing away for one lease's time, and then first to those who owned": async (
    bench,
  ) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    const epoch = await acquired(bench, a, 0);
    const before = await ask(bench, a, "renew", 0, epoch);
    await bench.restart();
    const early = await ask(bench, b, "acquire", 1, 0);
    equal(early.kind, "waiting", "a free region right after the restart");
    check(before.kind === "renewed" && early.incarnation !== before.incarnation, "the restart shows");
    const claimed = await ask(bench, a, "acquire", 0, epoch + 4);
    equal(claimed.kind, "waiting", "an owner that lapsed and knows a higher epoch");
    await bench.wait(bench.leaseMs + 20);
    equal((await ask(bench, b, "acquire", 0, 0)).kind, "held", "somebody new");
    const granted = await ask(bench, a, "acquire", 0, epoch + 4);
    check(granted.kind === "granted" && granted.previous === epoch + 4, "the owner has its region back");
  },

  "after a restart believes an owner that holds a higher epoch than it knows": async (bench) => {
    const [a, b] = [bench.connect("a"), bench.connect("b")];
    const epoch = await acquired(bench, a, 0);
    await bench.restart();
    equal((await ask(bench, b, "renew", 0, epoch + 2)).kind, "renewed", "the higher epoch");
    equal((await ask(bench, a, "renew", 0, epoch)).kind, "lost", "the lower one");
  },

  "after a restart leaves open what became of a commit until all had time to speak": async (bench) => {
    const { a, b, transfer } = await twoRegions(bench);
    await bench.restart();
    equal(await ask(bench, a, "settle", transfer), "waiting", "settle at once");
    await ask(bench, b, "reassert", 1, [claim(11, 2), claim(12, 5)]);
    await bench.wait(bench.leaseMs + 20);
    equal(await ask(bench, a, "settle", transfer), "superseded", "settle afterwards");
  },
};

async function twoRegions(bench: BusBench) {
  const [a, b] = [bench.connect("a"), bench.connect("b")];
  const fromEpoch = await acquired(bench, a, 0);
  const toEpoch = await acquired(bench, b, 1);
  const transfer: Transfer = {
    hid: `0.${fromEpoch}.1`,
    from: 0,
    fromEpoch,
    to: 1,
    toEpoch,
    tick: 900,
    members: [
      { id: 11, epoch: 1, state: Uint8Array.of(1, 2, 0, 255) },
      { id: 12, epoch: 4, state: new Uint8Array(0) },
    ],
    cursors: [{ player: 3, last: 899 }],
    extra: Uint8Array.of(9),
  };
  return { a, b, transfer };
}

const claim = (id: number, epoch: number): Claim => ({ id, epoch });
const record = (id: number, epoch: number, region: number) => ({ id, epoch, region });
const kept = (id: number, epoch: number) =>
  ({ kind: "kept", entity: { id, epoch, state: Uint8Array.of(id, 7) } }) as const;
const died = (id: number, epoch: number) => ({ kind: "died", entity: { id, epoch } }) as const;

function snapshot(tick: number, sequence: number): RegionSnapshot {
  return {
    tick,
    sequence,
    entities: [{ id: 8, epoch: 2, state: Uint8Array.of(200, 0) }],
    cursors: [{ player: 2, last: tick }],
    state: Uint8Array.of(1, 0, 3),
  };
}
