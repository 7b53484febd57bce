import { configDefaults, defineConfig } from "vitest/config";

const conditions = ["@tidelock/source", "node", "import", "module", "default"];

/** Tests with sockets, browsers and real time: one file at a time, after the others, so that nothing disturbs them. */
const live = [
  "**/*.browser.test.ts",
  "tests/region/{redis,real}-*.test.ts",
  "tests/{transport,netpath,hostile,e2e,chaos,soak}/**/*.test.ts",
];

const common = {
  environment: "node",
  execArgv: ["--conditions=@tidelock/source"],
  testTimeout: 20_000,
};

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...common,
          name: "unit",
          include: ["{shared,server,client-sdk,examples,bench,tools,tests}/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...live],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: "live",
          include: live,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
