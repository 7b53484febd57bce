import type { Frame, Session } from "@tidelock/client";
import type { EventsOf } from "@tidelock/shared";
import type { controls, entities, events } from "../shared/entities.ts";

export type PuckSession = Session<typeof entities, typeof controls.fields, EventsOf<typeof events>>;
/** What is to be seen in one frame. */
export type Sight = Frame<typeof entities>;
export type CraftSight = Sight["craft"][number];
export type BallSight = Sight["ball"][number];
export type CrateSight = Sight["crate"][number];
export type MatchSight = Sight["match"][number];
