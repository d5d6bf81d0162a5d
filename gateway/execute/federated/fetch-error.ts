// Errors of a fetch, told where they matter to the one who asked.
import { GraphQLError } from "graphql";
import type { Fault } from "../../../schema/product/fault.ts";
import type { SubgraphError } from "../../fetch/open-subgraphs.ts";
import type { Part } from "./schedule.ts";

type Path = readonly (string | number)[];

/** What a subgraph said is wrong, at a place of the answer; the code stays its own. */
export function subgraphError(error: SubgraphError, subgraph: string, path: Path | undefined): GraphQLError {
  const { message, extensions } = error;
  return new GraphQLError(message || `Subgraph ${subgraph} answered with an error that says nothing.`, {
    path,
    extensions: { code: "DOWNSTREAM_SERVICE_ERROR", ...extensions, serviceName: subgraph },
  });
}

/** A fetch that brought nothing: told once. */
export function fetchFailure(failure: Fault, part: Part): GraphQLError {
  return new GraphQLError(failure.message, {
    path: placeOf(part),
    originalError: failure,
    extensions: { ...failure.extensions, serviceName: part.fetch.subgraph },
  });
}

/** Where all that a part brings stands: as far down as no list divides it. */
export function placeOf({ fetch, at: [place = []] }: Part): Path | undefined {
  const end = place.indexOf("@");
  const path = end < 0 ? place : place.slice(0, end);
  if (path.length > 0) return path;
  const [field, another] = fetch.receives;
  return fetch.entities || !field || another ? undefined : [field.name];
}
