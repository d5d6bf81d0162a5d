// Where the change feed finds its PostgreSQL.

export type ChangesConnection = {
  /** `postgres://user:password@host:port/database`, of a user that may create tables and triggers. */
  readonly url: string;
  /** Schema in which the product's tables and the outbox are. Default "public". */
  readonly schema?: string;
  /**
   * Addresses of replicas, where the port reads those and not `url`: an event waits until all of them have what it tells of.
   * While one does not answer, all events wait.
   */
  readonly replicas?: readonly string[];
};
