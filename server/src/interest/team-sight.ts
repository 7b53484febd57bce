import { VisibleList } from "./visible-list.ts";

/** What the members of a team see between them. */
export class TeamSight {
  readonly list = new VisibleList();
  /** The call of `begin` for which it was last put together. */
  unitedAt = -1;
  /** Who was in which team then. */
  teamsVersion = -1;
}
