import { TidelockError } from "@tidelock/shared";
import { IceUdpMuxListener } from "node-datachannel";

/**
 * Ports of this process, by address. A port once opened stays ours until the process ends: the library
 * does not reliably give the socket back while or after peers have used it, so it is handed on instead.
 */
const held = new Map<string, { readonly listener: IceUdpMuxListener; inUse: boolean }>();

/**
 * Takes the UDP port that all peers share. Without this the port would be bound by the first peer and
 * freed by the last, and a port in use would show only in failing handshakes.
 * Throws `config/udp-port` for a number that is not a port, `transport/udp-port` when something else has it.
 */
export function holdUdpPort(port: number, address: string | undefined): { port: number; release(): void } {
  if (!Number.isInteger(port) || port < 1025 || port > 65_535) {
    throw new TidelockError(
      "config/udp-port",
      `The UDP port for WebRTC is ${port}, allowed is 1025 to 65535. It must be fixed: firewalls and port mappings name it.`,
    );
  }
  const key = `${address ?? "*"} ${port}`;
  const known = held.get(key);
  if (known?.inUse === true) throw inUse(port, address, "another host of this process has it");
  const entry = known ?? { listener: listen(port, address), inUse: true };
  entry.inUse = true;
  held.set(key, entry);
  return {
    port,
    release: () => {
      entry.inUse = false;
    },
  };
}

function listen(port: number, address: string | undefined): IceUdpMuxListener {
  try {
    return new IceUdpMuxListener(port, address);
  } catch (cause) {
    throw inUse(port, address, cause instanceof Error ? cause.message : String(cause));
  }
}

function inUse(port: number, address: string | undefined, detail: string): TidelockError {
  return new TidelockError(
    "transport/udp-port",
    `The UDP port ${port} on ${address ?? "all addresses"} cannot be opened (${detail}). Stop what uses it, or choose another port.`,
  );
}
