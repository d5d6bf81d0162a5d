// What a field of an operation asks of a collection, in the words of the surface.
import type { MeshCollection } from "../../schema/product/mesh.ts";
import type { OrderTerm } from "../../schema/product/order.ts";
import type { Predicate } from "../../schema/product/predicate.ts";
import type { Page } from "../../schema/product/read-page.ts";
import type { GroupOrderTerm } from "../../schema/product/read-value.ts";
import type { Aggregate, Value } from "../../schema/product/value.ts";

export type Asked = ListAsked | AggregateAsked | GroupsAsked;

export type ListAsked = {
  readonly kind: "list";
  readonly collection: MeshCollection;
  readonly where: Predicate;
  readonly order: readonly OrderTerm[];
  readonly page: Page;
};

export type AggregateAsked = {
  readonly kind: "aggregate";
  readonly collection: MeshCollection;
  readonly where: Predicate;
  /** Selected beneath `aggregate`. */
  readonly aggregates: readonly Aggregate[];
};

export type GroupsAsked = {
  readonly kind: "groups";
  readonly collection: MeshCollection;
  readonly where: Predicate;
  /** Selected beneath `by`, in that order. */
  readonly keys: readonly Value[];
  readonly aggregates: readonly Aggregate[];
  /** Its columns are aggregates, named as by `aggregateName`. */
  readonly having: Predicate;
  readonly order: readonly GroupOrderTerm[];
  readonly page: Page;
  readonly timeZone: string;
};
