import type { JsonObject } from "../../core/model/json.ts";
import type { Holder, Resource, SettingVerdict } from "../../core/model/types.ts";
import type { Place } from "./fill-in.ts";

/** The call that a snippet corrects. */
export interface Wrong {
  readonly operation: string;
  /** The request to that operation; undefined where the event has none of it. */
  readonly request: JsonObject | undefined;
  readonly findings: readonly SettingVerdict[];
  readonly place: Place;
  readonly arn?: string | null;
  /** The resource of the event; it differs from the operation's where that is a configuration of it. */
  readonly resource?: Resource;
  /** The resource that Describe returned, whose request the event does not have. */
  readonly holder?: Holder;
  /** A parent made the call, such as a pipeline for its step. */
  readonly ofParent?: boolean;
}
