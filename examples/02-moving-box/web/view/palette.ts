/** Colours that stay apart for every kind of colour vision, after Okabe and Ito. */
export const palette = {
  ground: "#111825",
  grid: "rgba(255, 255, 255, 0.05)",
  floor: "rgba(255, 255, 255, 0.14)",
  a: "#56b4e9",
  b: "#e69f00",
  target: "#cc79a7",
  hit: "#3fd0a4",
  miss: "#ff7a3d",
  ghost: "rgba(255, 255, 255, 0.55)",
  text: "#dbe4f0",
} as const;
