import { registerHooks } from "node:module";

type InstanceModule = typeof import("nengi/core/instance/Instance.js");
type ClientModule = typeof import("nengi/core/client/Client.js");
type BinaryTypeModule = typeof import("nengi/core/binary/BinaryType.js");

const OF_NENGI = /\/node_modules\/nengi\/[^?]*(?<copy>\?copy=\d+)$/;
let copies = 0;

/**
 * nengi's modules, loaded one by one. Its entry point does not load on Node 24, since it goes through the `esm` package, which throws
 * there; the modules behind it are ordinary ones that leave the ending out of their imports, so it is put back. Every call loads
 * a copy of its own: nengi keeps the first instance's protocols for all later instances.
 */
export async function loadNengi() {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const copy = OF_NENGI.exec(context.parentURL ?? "")?.groups?.["copy"];
      if (copy === undefined || !specifier.startsWith(".")) return next(specifier, context);
      const resolved = next(specifier.endsWith(".js") ? specifier : `${specifier}.js`, context);
      return { ...resolved, url: resolved.url + copy };
    },
  });
  const copy = `?copy=${copies++}`;
  try {
    const instance: InstanceModule = await import(`nengi/core/instance/Instance.js${copy}`);
    const client: ClientModule = await import(`nengi/core/client/Client.js${copy}`);
    const binaryType: BinaryTypeModule = await import(`nengi/core/binary/BinaryType.js${copy}`);
    return { Instance: instance.default, Client: client.default, BinaryType: binaryType.default };
  } finally {
    hooks.deregister();
  }
}

export type Nengi = Awaited<ReturnType<typeof loadNengi>>;
