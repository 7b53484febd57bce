/** How much the picture may cost. */
export interface Quality {
  readonly antialias: boolean;
  /** Device pixels per CSS pixel. */
  readonly resolution: number;
  /** Textures that one drawing call may choose from; a processor that paints asks all of them for every pixel. */
  readonly texturesPerDraw: number;
  /** Lights around crafts and ball. */
  readonly glows: boolean;
}

const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

/** The picture that a graphics card is asked for, or the plain one where there is none: the processor is needed to predict. */
export function detectQuality(): Quality {
  const gl = document.createElement("canvas").getContext("webgl");
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  const name = gl ? String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  if (gl && !SOFTWARE.test(name))
    return { antialias: true, resolution: Math.min(2, devicePixelRatio), texturesPerDraw: 16, glows: true };
  return { antialias: false, resolution: 0.75, texturesPerDraw: 1, glows: false };
}
