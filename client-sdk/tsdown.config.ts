import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", testing: "src/testing.ts" },
  platform: "neutral",
  dts: true,
  fixedExtension: false,
  sourcemap: true,
});
