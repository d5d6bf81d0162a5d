// Who uses what: names alone, never a value.
import { z } from "zod";

/** What one client's operation was seen to use. */
export type UsedOperation = {
  /** As the client named itself in the configured header; `(unnamed)` where it did not, `(other)` where there were too many. */
  readonly client: string;
  readonly operation: {
    readonly name?: string | undefined;
    /** SHA-256 of its text without literals and aliases, as hexadecimal. */
    readonly hash: string;
  };
  /**
   * Schema coordinates of the published schema, sorted: fields `Airport.city`, arguments `Query.flights(where:)`, input fields
   * `flights_bool_exp.distance`, values of enums `order_direction.asc`, types named in fragments and for variables `Airport`;
   * those in variables too.
   */
  readonly coordinates: readonly string[];
  /** ISO 8601, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly count: number;
};

export type UseReport = {
  /** Since when use has been recorded without a gap (ISO 8601, UTC); before it nothing is known. */
  readonly since: string;
  /** How many operations were forgotten because there were more than the limit: 0 = the report is whole. */
  readonly forgotten: number;
  /** The last seen first. */
  readonly operations: readonly UsedOperation[];
};

const moment = z.iso.datetime();

/** Of a report as JSON, from a file or a gateway; what else stands in it is left out. */
export const useReportSchema = z.object({
  since: moment,
  forgotten: z.int().min(0),
  operations: z.array(
    z.object({
      client: z.string(),
      operation: z.object({ name: z.string().optional(), hash: z.string() }),
      coordinates: z.array(z.string()),
      firstSeen: moment,
      lastSeen: moment,
      count: z.int().min(1),
    }),
  ),
}) satisfies z.ZodType<UseReport>;
