// Keeps the last quality report of each product, on disk whole or not at all.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type QualityReport, qualityReportSchema } from "../../schema/product/quality.ts";
import { writeWhole } from "../write-whole.ts";
import { keeping } from "./keeping-faults.ts";

export type QualityShelf = {
  /** By id of the product. */
  readonly reports: () => readonly QualityReport[];
  /**
   * Resolves when it is kept: to false where a later one of the product is there already.
   * @throws keeping.QUALITY_PRODUCTS_MAX, keeping.QUALITY_BYTES_MAX, keeping.QUALITY_UNKEPT
   */
  readonly keep: (report: QualityReport) => Promise<boolean>;
};

export type QualityLimits = { readonly productsMax: number; readonly bytesMax: number };

const keptSchema = z.object({ reports: z.array(qualityReportSchema) });

/** @param directory - left out = kept in memory alone */
export async function openQualityShelf(
  {
    failed,
    directory,
  }: { readonly failed: (problem: string) => void; readonly directory: string | undefined },
  { productsMax, bytesMax }: QualityLimits,
): Promise<QualityShelf> {
  const file = directory === undefined ? undefined : join(directory, "quality.json");
  let kept: ReadonlyMap<string, QualityReport> = new Map(
    (file === undefined ? [] : await recall(file, failed)).map((report) => [report.product, report]),
  );
  let last: Promise<unknown> = Promise.resolve();

  const write = async (text: string) => {
    if (file === undefined) return;
    try {
      await writeWhole(file, text, { mode: 0o600, flush: true });
    } catch (cause) {
      throw keeping.QUALITY_UNKEPT({ problem: (cause as Error).message }, cause);
    }
  };
  const keep = async (report: QualityReport): Promise<boolean> => {
    const { product, at } = report;
    const before = kept.get(product);
    if (before && Date.parse(before.at) > Date.parse(at)) return false;
    if (!before && kept.size >= productsMax) throw keeping.QUALITY_PRODUCTS_MAX({ product, productsMax });
    const next = new Map([...kept, [product, report] as const].sort(([a], [b]) => (a < b ? -1 : 1)));
    const text = JSON.stringify({ reports: [...next.values()] });
    if (Buffer.byteLength(text) > bytesMax) throw keeping.QUALITY_BYTES_MAX({ product, bytesMax });
    await write(text);
    kept = next;
    return true;
  };
  return {
    reports: () => [...kept.values()],
    // One after another, so that none is lost to one written at the same time.
    keep: (report) => {
      const done = last.then(() => keep(report));
      last = done.catch(() => {});
      return done;
    },
  };
}

async function recall(file: string, failed: (problem: string) => void): Promise<readonly QualityReport[]> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(file, "utf8"))).reports;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== "ENOENT") failed((failure as Error).message);
    return [];
  }
}
