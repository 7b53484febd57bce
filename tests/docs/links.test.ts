import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { documents, exists, readRepositoryFile } from "./document.ts";

/** The anchor that a heading has on a page. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, "").replaceAll(/`[^`\n]*`/g, "``");
}

function anchorsOf(path: string): string[] {
  return [...readRepositoryFile(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading));
}

describe.each(documents())("%s", (path) => {
  const markdown = readRepositoryFile(path);
  const links = [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);

  it("links only to files that exist, and to headings that they have", () => {
    const broken = links.filter((target) => {
      if (/^(https?|mailto):/.test(target)) return false;
      const [file, anchor] = target.split("#");
      const resolved = file === "" ? path : normalize(join(dirname(path), file));
      if (!exists(resolved)) return true;
      return anchor !== undefined && !anchorsOf(resolved).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("has one title, and closes its code blocks", () => {
    const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gm, "");
    expect(prose.match(/^# /gm)).toHaveLength(1);
    expect(prose).not.toContain("```");
  });
});
