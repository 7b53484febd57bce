import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", region: "src/region/index.ts", testing: "src/testing.ts" },
  platform: "node",
  dts: true,
  fixedExtension: false,
  sourcemap: true,
});
