import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    region: "src/region/index.ts",
    "region-redis": "src/region/redis/redis-bus.ts",
    testing: "src/testing.ts",
  },
  platform: "node",
  dts: true,
  fixedExtension: false,
  sourcemap: true,
});
