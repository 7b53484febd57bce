/** The parts of vitest's JSON report that are counted here. */
export interface VitestReport {
  readonly testResults: readonly FileReport[];
}
interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly assertionResults: readonly CaseReport[];
}
interface CaseReport {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
}

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
  /** Files, or outermost groups of a file, of which not one test ran. */
  skippedSuites: string[];
}

/** Counts single tests, and each file that could not be loaded as one failure. */
export function countTests(report: VitestReport): TestCounts {
  const counts: TestCounts = { passed: 0, failed: 0, skipped: 0, skippedSuites: [] };
  for (const file of report.testResults) {
    const failedBefore = counts.failed;
    const groups = new Map<string, { ran: number; skipped: number }>();
    for (const { ancestorTitles, status } of file.assertionResults) {
      const title = ancestorTitles[0] ?? "";
      const group = groups.get(title) ?? { ran: 0, skipped: 0 };
      groups.set(title, group);
      if (status === "passed") counts.passed += 1;
      else if (status === "failed") counts.failed += 1;
      else counts.skipped += 1;
      if (status === "passed" || status === "failed") group.ran += 1;
      else group.skipped += 1;
    }
    if (file.status === "failed" && counts.failed === failedBefore) counts.failed += 1;
    for (const [title, { ran, skipped }] of groups) {
      if (ran === 0 && skipped > 0) counts.skippedSuites.push(`${file.name} > ${title}`);
    }
  }
  return counts;
}

/** The last line of a test run, as tools that collect results expect it. */
export function summaryLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
