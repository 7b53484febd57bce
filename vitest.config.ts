import { defineConfig } from "vitest/config";

const conditions = ["@tidelock/source", "node", "import", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["{shared,server,client-sdk,examples,bench,tests}/**/*.test.ts"],
    environment: "node",
    execArgv: ["--conditions=@tidelock/source"],
    testTimeout: 20_000,
  },
});
