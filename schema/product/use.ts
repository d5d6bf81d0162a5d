// Who uses what: names alone, never a value.

/** What one client's operation was seen to use. */
export type UsedOperation = {
  /** As the client named itself in the configured header; `(unnamed)` where it did not. */
  readonly client: string;
  readonly operation: {
    readonly name: string | undefined;
    /** SHA-256 of its text without literals, as hexadecimal. */
    readonly hash: string;
  };
  /**
   * Schema coordinates of the published schema: fields `Airport.city`, arguments `Query.flights(where:)`, input fields
   * `flights_bool_exp.distance`, values of enums `order_direction.asc`; those in variables too.
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
  readonly operations: readonly UsedOperation[];
};
