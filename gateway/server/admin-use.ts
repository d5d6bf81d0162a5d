// `GET /admin/use`: who uses what. `/admin/quality`: what the contracts' rules found last. On the admin listener alone.
import type { FastifyInstance } from "fastify";
import type { QualityReport } from "../../schema/product/quality.ts";
import { qualityReportSchema } from "../../schema/product/quality.ts";
import type { UseReport } from "../../schema/product/use.ts";
import type { Config } from "../config.ts";
import type { Supergraph } from "../federation/supergraph.ts";
import { type DeprecatedUse, deprecatedUse } from "../use/deprecated-use.ts";
import { keeping } from "../use/keeping-faults.ts";
import type { Use } from "../use/open-use.ts";
import { coordinatesOfProduct } from "../use/product-coordinates.ts";
import type { QualityShelf } from "../use/quality-shelf.ts";
import { administering } from "./admin-faults.ts";

export type VariantUse = {
  /** One without a name is the only one. */
  readonly name?: string | undefined;
  /** Undefined = it is not recorded. */
  readonly use: Pick<Use, "report"> | undefined;
  readonly supergraph: () => Pick<Supergraph, "mesh" | "publishedSchema"> | undefined;
};

type NotRecorded = { readonly enabled: false };

/**
 * `?variant=` of the mesh, the first where it is left out; `?product=`, `?coordinate=`, `?limit=` of the last seen; or
 * `?deprecated=true`.
 */
export function mountUse(
  app: FastifyInstance,
  variants: readonly VariantUse[],
  { unusedDays }: Pick<Config["use"], "unusedDays">,
): void {
  app.get("/admin/use", async ({ query }, reply): Promise<UseReport | DeprecatedUse | NotRecorded> => {
    reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    const asked = query as Readonly<Record<string, unknown>>;
    const { use, supergraph } = variantOf(variants, asked.variant);
    if (!use) return { enabled: false };
    const report = use.report();
    if (asked.deprecated === "true") {
      const schema = supergraph()?.publishedSchema;
      if (!schema) throw administering.USE_NO_SUPERGRAPH({});
      return deprecatedUse(report, schema, { unusedDays, nowMs: Date.now() });
    }
    return { ...report, operations: selected(report, asked, supergraph) };
  });
}

function variantOf(variants: readonly VariantUse[], given: unknown): VariantUse {
  const found = given === undefined ? variants[0] : variants.find(({ name }) => name === given);
  if (!found) throw administering.USE_VARIANT_UNKNOWN({ variant: String(given) });
  return found;
}

/** @throws administering.USE_LIMIT, USE_PRODUCT_UNKNOWN, USE_NO_SUPERGRAPH */
function selected(
  { operations }: UseReport,
  { product, coordinate, limit }: Readonly<Record<string, unknown>>,
  supergraph: VariantUse["supergraph"],
): UseReport["operations"] {
  const isAsked = [
    ...(coordinate === undefined ? [] : [(each: string) => each === coordinate]),
    ...(product === undefined ? [] : [ofProduct(String(product), supergraph)]),
  ];
  const found = operations.filter(({ coordinates }) => isAsked.every((test) => coordinates.some(test)));
  if (limit === undefined) return found;
  if (!/^[1-9]\d{0,8}$/.test(String(limit))) throw administering.USE_LIMIT({ limit: String(limit) });
  return found.slice(0, Number(limit));
}

function ofProduct(product: string, supergraph: VariantUse["supergraph"]): (coordinate: string) => boolean {
  const mesh = supergraph()?.mesh;
  if (!mesh) throw administering.USE_NO_SUPERGRAPH({});
  const test = coordinatesOfProduct(mesh, product);
  if (!test) throw administering.USE_PRODUCT_UNKNOWN({ product });
  return test;
}

const problemsShownMax = 5;

/** `POST /admin/quality` takes the report that `weft test --json` prints; `GET` tells the last one of each product. */
export function mountQuality(app: FastifyInstance, shelf: QualityShelf): void {
  app.post("/admin/quality", async ({ body }, reply): Promise<{ readonly kept: boolean }> => {
    reply.header("cache-control", "no-store");
    const read = qualityReportSchema.safeParse(body);
    if (read.success) return { kept: await shelf.keep(read.data) };
    const problems = read.error.issues
      .slice(0, problemsShownMax)
      .map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
    throw keeping.QUALITY_INVALID({ problems });
  });
  app.get("/admin/quality", async (_, reply): Promise<{ readonly reports: readonly QualityReport[] }> => {
    reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    return { reports: shelf.reports() };
  });
}
