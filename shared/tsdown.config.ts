import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", "sync-test": "src/sync-test/index.ts", testing: "src/testing/index.ts" },
  platform: "neutral",
  dts: true,
  fixedExtension: false,
  sourcemap: true,
});
