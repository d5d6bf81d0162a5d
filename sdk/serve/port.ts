// What every resolver of a port stands on.
import type { GraphQLResolveInfo } from "graphql";
import type { Product } from "../product.ts";
import type { Dialect } from "../sql/dialect.ts";
import type { PortContext } from "./port-context.ts";
import type { Arguments } from "./read-arguments.ts";

export type Port = { readonly product: Product; readonly dialect: Dialect };

export type Resolver<Source> = (
  source: Source,
  args: Arguments,
  context: PortContext,
  info: GraphQLResolveInfo,
) => unknown;

export type ResolverMap = Readonly<Record<string, unknown>>;
