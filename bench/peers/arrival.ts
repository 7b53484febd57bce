import type { SnapshotDecoder } from "@tidelock/client";
import type { Acknowledgement } from "./received-packets.ts";

/** A packet that reached its client, and what the client then acknowledged. */
export interface ArrivedPacket {
  frame: Uint8Array;
  ack: Acknowledgement;
}

/** What one client got of one tick's packets. */
export interface Arrival {
  packets: ArrivedPacket[];
  /** How many were sent. */
  sent: number;
  /** Not all of the view fitted into them. */
  crowded?: boolean;
}

/**
 * Decodes what arrived of one tick. Returns how many packets were refused, or left the client with other acknowledgements than the
 * run counted on. `each` is called after every packet.
 */
export function receiveArrival(
  decoder: SnapshotDecoder,
  { packets }: Arrival,
  each?: (frame: Uint8Array) => void,
): number {
  let wrong = 0;
  for (const { frame, ack } of packets) {
    if (decoder.receive(frame) !== undefined) wrong++;
    if (decoder.ackNewest !== ack.newest || decoder.ackMask !== ack.mask) wrong++;
    each?.(frame);
  }
  return wrong;
}
