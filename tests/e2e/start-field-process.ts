import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { FieldReport } from "./field-process.ts";

/** A field server in a process of its own, so that nothing a test does delays its ticks. */
export interface FieldProcess {
  readonly url: string;
  report(): Promise<FieldReport>;
  close(): void;
}

export async function startFieldProcess(): Promise<FieldProcess> {
  const program = fileURLToPath(new URL("field-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@tidelock/source", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const { done, value } = await lines.next();
    if (done) throw new Error(`The field process ended with exit code ${child.exitCode}.`);
    return JSON.parse(value) as T;
  };
  const { url } = await next<{ url: string }>();
  return {
    url,
    report: () => {
      child.stdin.write("report\n");
      return next<FieldReport>();
    },
    close: () => void child.kill(),
  };
}
