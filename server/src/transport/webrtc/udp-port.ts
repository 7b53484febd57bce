import { TidelockError } from "@tidelock/shared";
import { IceUdpMuxListener } from "node-datachannel";

/**
 * Takes the UDP port for the life of the process. All peers share it; without this the port would be
 * bound by the first peer and freed by the last, and a port in use would show only in failing handshakes.
 */
export function holdUdpPort(port: number, address: string | undefined): { port: number; release(): void } {
  if (!Number.isInteger(port) || port < 1025 || port > 65_535) {
    throw new TidelockError(
      "config/udp-port",
      `The UDP port for WebRTC is ${port}, allowed is 1025 to 65535. It must be fixed: firewalls and port mappings name it.`,
    );
  }
  let listener: IceUdpMuxListener;
  try {
    listener = new IceUdpMuxListener(port, address);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new TidelockError(
      "transport/udp-port",
      `The UDP port ${port} on ${address ?? "all addresses"} cannot be opened (${detail}). Stop what uses it, or choose another port.`,
    );
  }
  return { port: listener.port(), release: () => listener.stop() };
}
