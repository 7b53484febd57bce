/** How much the picture may cost. */
export interface Quality {
  readonly antialias: boolean;
  /** Drawn pixels per CSS pixel. */
  readonly resolution: number;
  readonly causticLayers: 0 | 1 | 2;
  readonly tide: boolean;
  /** Textures that one draw call chooses from. A processor pays for every one of them in every pixel. */
  readonly texturesPerDraw: number;
}

/** Names under which browsers report that the processor draws, not a graphics card. */
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

const FULL: Quality = {
  antialias: true,
  resolution: Math.min(2, window.devicePixelRatio),
  causticLayers: 2,
  tide: true,
  texturesPerDraw: 16,
};
const PLAIN: Quality = {
  antialias: false,
  resolution: 0.75,
  causticLayers: 0,
  tide: false,
  texturesPerDraw: 1,
};

/**
 * Everything where a graphics card draws; without one, only what the game needs, so that it stays fluent.
 * `?quality=full` or `?quality=plain` in the address decides otherwise.
 */
export function detectQuality(): Quality {
  const asked = new URLSearchParams(location.search).get("quality");
  if (asked === "full") return FULL;
  if (asked === "plain") return PLAIN;
  const gl = document.createElement("canvas").getContext("webgl");
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  const name = gl ? String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return !gl || SOFTWARE.test(name) ? PLAIN : FULL;
}
