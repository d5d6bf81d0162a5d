// Apollo's gateway, used for what it knows: loading a supergraph and planning. Runs in the planning thread only.
import "../silence-telemetry.ts";
import {
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  type Schema,
  Supergraph,
} from "@apollo/federation-internals";
import type { ApolloGateway, GatewayConfig } from "@apollo/gateway";
import type { QueryPlan, QueryPlanner } from "@apollo/query-planner";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { requireWithout } from "../require-without.ts";
import { withRepairedPlanner } from "./repaired-planner.ts";
import { unusedLibraries } from "./unused-libraries.ts";

/** The gateway with the members that a subclass needs and its types keep private. */
type OpenGateway = {
  readonly config: GatewayConfig;
  readonly apiSchema: Schema;
  readonly queryPlanner: QueryPlanner;
  readonly load: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
  readonly onSchemaLoadOrUpdate: ApolloGateway["onSchemaLoadOrUpdate"];
  createSchemaFromSupergraphSdl(sdl: string): { supergraph: Supergraph; supergraphSdl: string };
};
const library = withRepairedPlanner(() =>
  requireWithout<typeof import("@apollo/gateway")>("@apollo/gateway", unusedLibraries),
);
const openGateway = library.ApolloGateway as unknown as new (config: GatewayConfig) => OpenGateway;

export type PlanOptions = {
  readonly operationName: string | undefined;
  readonly overrideConditions: ReadonlyMap<string, boolean>;
};

export class PlanningGateway extends openGateway {
  /** `validateSupergraph`: is it checked again, as far as composition has checked it? */
  constructor(supergraphSdl: string, { validateSupergraph }: { readonly validateSupergraph: boolean }) {
    super({
      supergraphSdl,
      validateSupergraph,
      logger: silent,
      // Fragments of a client's operation would go into fetches by name; fetches are put together of pieces here.
      queryPlannerConfig: { reuseQueryFragments: false },
    });
  }

  /** Loads and tells the API schema. */
  async announce(): Promise<GraphQLSchema> {
    let announced: GraphQLSchema | undefined;
    this.onSchemaLoadOrUpdate(({ apiSchema }) => {
      announced = apiSchema;
    });
    await this.load();
    return announced as unknown as GraphQLSchema;
  }

  /** The stock gateway's own gate lets in fewer features; `supergraph-features.ts` is the one that counts. */
  override createSchemaFromSupergraphSdl(supergraphSdl: string) {
    const supergraph = Supergraph.build(supergraphSdl, {
      supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
      validateSupergraph: this.config.validateSupergraph === true,
    });
    return { supergraph, supergraphSdl };
  }

  plan(document: DocumentNode, { operationName, overrideConditions }: PlanOptions): QueryPlan {
    const operation = operationFromDocument(this.apiSchema, document, operationName ? { operationName } : {});
    return this.queryPlanner.buildQueryPlan(operation, { overrideConditions: new Map(overrideConditions) });
  }
}

/** What goes wrong is told by errors, not by the library's own log. */
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
