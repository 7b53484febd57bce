export * from "./errors/tidelock-error.ts";
export * from "./math/angle.ts";
export * from "./math/atan2.ts";
export * from "./math/quaternion.ts";
export * from "./math/scalar.ts";
export * from "./math/sin-cos.ts";
export * from "./rng/hash32.ts";
export * from "./rng/rng.ts";
export * from "./rng/stream.ts";
export * from "./bits/bit-reader.ts";
export * from "./bits/bit-writer.ts";
export * from "./bits/mask-table.ts";
export * from "./bits/optimal-lengths.ts";
export * from "./bits/prefix-code.ts";
export * from "./bits/residual-buckets.ts";
export * from "./tick/tick.ts";
export * from "./schema/code-tables.ts";
export * from "./schema/column-value.ts";
export * from "./schema/column.ts";
export * from "./schema/entity-type.ts";
export * from "./schema/field.ts";
export * from "./schema/quaternion-codec.ts";
export * from "./schema/record-type.ts";
export * from "./schema/vector-field.ts";
export * from "./input/input-packet.ts";
export * from "./input/input-type.ts";
export * from "./input/inputs.ts";
export * from "./input/missing-input.ts";
export * from "./input/view-moment.ts";
export * from "./world/difference.ts";
export * from "./world/entity-id.ts";
export type { Entity, EntityHandle } from "./world/entity-view.ts";
export * from "./world/past.ts";
export * from "./world/table.ts";
export * from "./world/world.ts";
export * from "./world/world-module.ts";
export * from "./simulation/code-tables.ts";
export * from "./simulation/game.ts";
export * from "./simulation/shared-inputs.ts";
export * from "./simulation/lag-compensation.ts";
export * from "./physics/line-of-sight.ts";
export * from "./physics/move-and-slide.ts";
export {
  deepestOverlap,
  deepestShapeOverlap,
  overlapsCircle,
  overlapsShape,
  type Penetration,
} from "./physics/overlap.ts";
export * from "./physics/overlapped-obstacles.ts";
export * from "./physics/raycast-all.ts";
export * from "./physics/shape.ts";
export {
  createPenetration3,
  deepestShapeOverlap3,
  overlappedObstacles3,
  overlapsShape3,
  type Penetration3,
} from "./physics/solid/overlap.ts";
export * from "./physics/solid/probe-ground.ts";
export * from "./physics/solid/raycast.ts";
export * from "./physics/solid/shape.ts";
export { createSlideResult3, slideShape3, type SlideResult3 } from "./physics/solid/slide.ts";
export * from "./physics/solid/static-grid.ts";
export * from "./physics/solid/static-solid.ts";
export { createSweepHit3, type SweepHit3 } from "./physics/solid/sweep-hit.ts";
export { sweepShape3 } from "./physics/solid/sweep.ts";
export * from "./physics/solid/walk.ts";
export * from "./physics/static-grid.ts";
export * from "./physics/sweep-hit.ts";
export * from "./physics/sweep.ts";
export * from "./snapshot/blend.ts";
export * from "./snapshot/change-mask.ts";
export * from "./snapshot/column-codec.ts";
export * from "./snapshot/delta-cache.ts";
export * from "./snapshot/delta-tally.ts";
export * from "./snapshot/entity-codec.ts";
export * from "./snapshot/extrapolate.ts";
export * from "./snapshot/history.ts";
export * from "./snapshot/identity.ts";
export * from "./snapshot/loaded-rows.ts";
export * from "./snapshot/interpolation.ts";
export * from "./snapshot/level.ts";
export * from "./snapshot/motion.ts";
export * from "./snapshot/packet.ts";
export * from "./snapshot/state-check.ts";
export * from "./snapshot/track.ts";
export * from "./snapshot/residual-code.ts";
export * from "./snapshot/usual-masks.ts";
export * from "./rewind/area.ts";
export * from "./rewind/rewind-hit.ts";
export * from "./rewind/rewind.ts";
export * from "./rewind/shot.ts";
export * from "./rewind/walls.ts";
export * from "./protocol/handshake.ts";
export * from "./transport/ack-gate.ts";
export * from "./transport/channel.ts";
export * from "./transport/client-link.ts";
export * from "./transport/condition-parse.ts";
export * from "./transport/condition-presets.ts";
export * from "./transport/condition.ts";
export * from "./transport/conditioner.ts";
export * from "./transport/drop-counter.ts";
export * from "./transport/frame-kind.ts";
export * from "./transport/link-base.ts";
export * from "./transport/link-frame.ts";
export * from "./transport/link.ts";
export * from "./transport/loopback.ts";
export * from "./transport/scheduler.ts";
export * from "./transport/server-link.ts";
export * from "./transport/signal.ts";
export * from "./transport/socket-channel.ts";
