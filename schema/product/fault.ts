// The one error class, and the tables in which each module names what can go wrong.

/** Who can mend it: the one who asked, or the one who runs the port or the gateway. */
export type Audience = "caller" | "operator";

export type FaultSpec = {
  /** HTTP status when the fault is all there is to answer. */
  readonly status: number;
  readonly audience: Audience;
  /** What is wrong and where, from typed facts. */
  readonly text: (facts: never) => string;
  /** What to do about it: one sentence. */
  readonly remedy: string;
};

type FactsOf<Spec extends FaultSpec> =
  Parameters<Spec["text"]> extends readonly [infer Facts] ? Facts : Readonly<Record<string, never>>;

/**
 * A failure with a stable code. For the audience "caller" the message and the facts are safe to send as they
 * are; for "operator" only the code is, and `server/` words the rest.
 */
export class Fault extends Error {
  readonly code: string;
  readonly status: number;
  readonly audience: Audience;
  /** Read by graphql-js: becomes the `extensions` of the GraphQL error. */
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;

  constructor(code: string, spec: FaultSpec, facts: Readonly<Record<string, unknown>>, cause?: unknown) {
    super(`${spec.text(facts as never)} ${spec.remedy}`, cause === undefined ? undefined : { cause });
    this.name = "Fault";
    this.code = code;
    this.status = spec.status;
    this.audience = spec.audience;
    this.extensions = { ...facts, code };
  }
}

export type FaultTable<Specs extends Readonly<Record<string, FaultSpec>>> = {
  readonly [Code in keyof Specs]: FaultMaker<Specs[Code]>;
};

/** Makes the fault of one code; carries its spec, for the documentation. */
export type FaultMaker<Spec extends FaultSpec = FaultSpec> = {
  (facts: FactsOf<Spec>, cause?: unknown): Fault;
  readonly spec: Spec;
};

/** Turns a table of codes into constructors: `throw asking.NULL_COMPARED({ at })`. */
export function faultTable<const Specs extends Readonly<Record<string, FaultSpec>>>(
  specs: Specs,
): FaultTable<Specs> {
  const makers = Object.entries(specs).map(([code, spec]) => {
    const make = (facts: Readonly<Record<string, unknown>>, cause?: unknown) =>
      new Fault(code, spec, facts, cause);
    return [code, Object.assign(make, { spec })];
  });
  return Object.fromEntries(makers) as FaultTable<Specs>;
}
