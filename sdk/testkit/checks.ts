// The checks, in the order in which they are run and reported: each stands on what those before it have shown.
import type { Check } from "./check.ts";
import { aggregates } from "./checks/aggregates.ts";
import { buckets } from "./checks/buckets.ts";
import { byKey } from "./checks/by-key.ts";
import { concurrency } from "./checks/concurrency.ts";
import { declaration } from "./checks/declaration.ts";
import { entities } from "./checks/entities.ts";
import { filterLogic } from "./checks/filter-logic.ts";
import { filterOperators } from "./checks/filter-operators.ts";
import { filterRelationships } from "./checks/filter-relationships.ts";
import { groups } from "./checks/groups.ts";
import { having } from "./checks/having.ts";
import { injection } from "./checks/injection.ts";
import { inverses } from "./checks/inverses.ts";
import { limits } from "./checks/limits.ts";
import { nullCompared } from "./checks/null-compared.ts";
import { order } from "./checks/order.ts";
import { orderRelationships } from "./checks/order-relationships.ts";
import { pages } from "./checks/pages.ts";
import { statements } from "./checks/statements.ts";
import { cancellation, timeouts } from "./checks/stopping.ts";
import { values } from "./checks/values.ts";

export const checks: readonly Check[] = [
  declaration,
  values,
  filterOperators,
  filterLogic,
  filterRelationships,
  nullCompared,
  injection,
  order,
  orderRelationships,
  pages,
  byKey,
  entities,
  inverses,
  aggregates,
  groups,
  having,
  buckets,
  limits,
  statements,
  concurrency,
  cancellation, // these two last: they leave statements behind where the port is wrong
  timeouts,
];
