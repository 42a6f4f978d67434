import type { JsonObject } from "../../core/model/json.ts";
import { collect } from "../../core/model/path.ts";
import type { UnresolvedPlace } from "../model/subject.ts";
import type { CloudFormationType } from "./types.ts";

export interface ApiProperties {
  readonly request: JsonObject;
  readonly unresolvedPlaces: readonly UnresolvedPlace[];
}

/** The API's request of a resource's properties: those whose path differs in CloudFormation are moved. */
export function asRequest(
  properties: JsonObject,
  unresolvedPlaces: readonly UnresolvedPlace[],
  { moves = [] }: CloudFormationType,
): ApiProperties {
  const roots = moves.map(({ from }) => from.split(".")[0]);
  const kept = Object.entries(properties).filter(([name]) => !roots.includes(name));
  const moved = moves.flatMap(({ from, to }) => collect(properties, from).map(({ value }) => [to, value] as const));
  return {
    request: Object.fromEntries([...kept, ...moved]),
    unresolvedPlaces: unresolvedPlaces.map((place) => {
      const move = moves.find(({ from }) => place.path === from || place.path.startsWith(`${from}.`));
      return move ? { ...place, path: move.to + place.path.slice(move.from.length) } : place;
    }),
  };
}
