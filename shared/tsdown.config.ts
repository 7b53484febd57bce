import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    rapier2d: "src/physics/rapier/rapier2d.ts",
    rapier3d: "src/physics/rapier/rapier3d.ts",
    "sync-test": "src/sync-test/index.ts",
    testing: "src/testing/index.ts",
  },
  platform: "neutral",
  dts: true,
  fixedExtension: false,
  sourcemap: true,
});
