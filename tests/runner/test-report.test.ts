import { describe, expect, test } from "vitest";
import { countTests, summaryLine } from "./test-report.ts";

function file(name: string, status: string, ...cases: readonly [group: string, status: string][]) {
  return {
    name,
    status,
    assertionResults: cases.map(([group, outcome], i) => ({
      ancestorTitles: [group],
      title: `case ${i}`,
      status: outcome,
    })),
  };
}

describe("the count of tests", () => {
  test("adds up single tests over all files", () => {
    const counts = countTests({
      testResults: [
        file("a", "passed", ["g", "passed"], ["g", "passed"]),
        file("b", "failed", ["g", "failed"], ["g", "passed"], ["g", "skipped"]),
      ],
    });
    expect(counts).toEqual({ passed: 3, failed: 1, skipped: 1, skippedSuites: [] });
  });

  test("counts a file that cannot be loaded as a failure", () => {
    expect(countTests({ testResults: [file("broken", "failed")] }).failed).toBe(1);
  });

  test("names the suites of which nothing ran, not those of which a case was skipped", () => {
    const counts = countTests({
      testResults: [
        file(
          "x.test.ts",
          "passed",
          ["in Chromium", "pending"],
          ["in Chromium", "skipped"],
          ["here", "passed"],
        ),
        file("y.test.ts", "passed", ["loopback", "skipped"], ["loopback", "passed"]),
      ],
    });
    expect(counts.skippedSuites).toEqual(["x.test.ts > in Chromium"]);
  });
});

describe("the summary line", () => {
  test("has the form that result collectors read", () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 0, skippedSuites: [] })).toBe("12 passed, 0 failed");
    expect(summaryLine({ passed: 1, failed: 2, skipped: 3, skippedSuites: [] })).toBe(
      "1 passed, 2 failed, 3 skipped",
    );
  });
});
