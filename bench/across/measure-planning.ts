// How long a question of five domains is planned: the first time it is seen, and once its shape is known.
import { strict as assert } from "node:assert";
import { type FieldNode, Kind, parse } from "graphql";
import { productSdl } from "weft/sdk";
import { configSchema } from "../../gateway/config.ts";
import { compileReading } from "../../gateway/execute/across/compile-reading.ts";
import { openJsonWriter } from "../../gateway/execute/json-writer.ts";
import { openSupergraph } from "../../gateway/federation/supergraph.ts";
import { coerceVariables } from "../../gateway/operation/coerce-variables.ts";
import { mintOperation } from "../../gateway/operation/operation.ts";
import { planField } from "../../gateway/plan/plan-field.ts";
import { permit } from "../../gateway/policy/permit.ts";
import { openAcross } from "../../gateway/server/open-across.ts";
import { compose } from "../../schema/compose/compose.ts";
import { median } from "../report.ts";
import { tradeProducts } from "./trade-products.ts";

export type PlanningMeasured = { readonly firstMs: number; readonly knownMs: number };

/** Another shape for each name. */
const question = (name: string) => `query ($region: String!, $size: Int!) {
  ${name}: lineItems(
    where: {
      shipped: { _gte: "1995-01-01" }
      purchase: { priority: { _eq: "1-URGENT" }, customer: { nation: { region: { _eq: $region } } } }
      part: { size: { _lt: $size } }
      supplier: { nation: { name: { _eq: "GERMANY" } } }
    }
    order_by: [{ part: { retail: desc } }, { supplier: { balance: asc } }]
    limit: 10
  ) { id quantity purchase { number customer { name nation { name } } } part { name brand } supplier { name nation { region } } }
  ${name}_groups: lineItems_groups(
    where: { purchase: { customer: { nation: { region: { _eq: $region } } } }, part: { size: { _lt: $size } } }
    having: { count: { _gt: 10 } }
    order_by: [{ aggregate: { sum: { price: desc } } }]
  ) { by { supplier { nation { name } } part { brand } shipped_year } aggregate { count sum { price } avg { quantity } } }
}`;

/** Medians over so many shapes, of which the first few, planned while all is cold, are not counted. */
export async function measurePlanning(shapes: number): Promise<PlanningMeasured> {
  const { operation: options, fetch } = configSchema.parse({
    subgraphs: [{ name: "none", url: "http://127.0.0.1:1" }],
  });
  const composition = compose(
    Object.entries(tradeProducts(0.01)).map(([name, product]) => {
      return { name, url: `http://127.0.0.1:1/${name}`, sdl: productSdl(product) };
    }),
  );
  assert(composition.kind === "composed", "the mesh composes");
  await using supergraph = await openSupergraph(composition.supergraphSdl, options, composition.mesh);
  const runtime = openAcross(
    {
      schema: supergraph.publishedSchema,
      subgraphs: supergraph.subgraphs,
      ask: () => Promise.reject(new Error("nothing is asked")),
      out: openJsonWriter(),
      limits: { ...options, representationsMax: fetch.representationsMax },
    },
    { supergraph },
    options,
  );
  const { schema, facts, fields, rules } = runtime;

  const prepared = async (text: string) => {
    const document = parse(text);
    const [definition] = document.definitions;
    assert(definition?.kind === Kind.OPERATION_DEFINITION, "the document has one operation");
    const operation = permit(
      mintOperation({ text, name: undefined, document, definition }, options),
      options,
    );
    assert.equal((await supergraph.plan({ text, operationName: undefined })).kind, "across");
    const reading = compileReading(operation, schema);
    const root = schema.getQueryType();
    return async () => {
      const variables = { region: "ASIA", size: 7 };
      const { coerced = {} } = coerceVariables(schema, definition, variables, runtime.limits);
      const planning = { root: root?.name ?? "", facts, fields, rules, operation, reading: reading(coerced) };
      for (const each of definition.selectionSet.selections) {
        const node = each as FieldNode;
        const field = root?.getFields()[node.name.value];
        const plan = planField(planning, node.alias?.value ?? node.name.value, [node], field);
        if (plan.kind === "list") await runtime.templates(plan.list.template.operation);
      }
    };
  };

  const coldShapes = 5;
  const [firstMs, knownMs]: [number[], number[]] = [[], []];
  for (let shape = 0; shape < shapes + coldShapes; shape++) {
    const begunMs = performance.now();
    const plan = await prepared(question(`shape${shape}`));
    await plan();
    const plannedMs = performance.now();
    for (let turn = 0; turn < 5; turn++) await plan();
    if (shape < coldShapes) continue;
    firstMs.push(plannedMs - begunMs);
    knownMs.push((performance.now() - plannedMs) / 5);
  }
  return { firstMs: median(firstMs), knownMs: median(knownMs) };
}
