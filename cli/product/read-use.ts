// Who really uses the mesh: the report of a gateway that runs, or one that was saved.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Config } from "../../gateway/config.ts";
import { mergeUse } from "../../schema/product/merge-use.ts";
import { type UseReport, useReportSchema } from "../../schema/product/use.ts";
import { reasonOf } from "../reason-of.ts";
import { gatewayOf } from "./gateway-of-mesh.ts";
import { meshing } from "./mesh-faults.ts";
import { variantOf } from "./variant-of.ts";

/** unknown: nobody said who uses what, and why not. */
export type KnownUse =
  | { readonly kind: "known"; readonly report: UseReport; readonly from: string }
  | { readonly kind: "unknown"; readonly why: string };

export type UseQuestion = {
  /** A report that was saved, or the URL of one, or several with commas; left out = the gateway's admin listener is asked. */
  readonly file?: string | undefined;
  /** Whose use the gateway is asked for; left out = the first variant's. */
  readonly variant?: string | undefined;
  readonly signal: AbortSignal;
};

const answerMs = 2_000;

/** @throws meshing.USE_UNREADABLE for a file or URL that is named and gives no report, meshing.VARIANT_UNKNOWN */
export async function readUse(
  config: Config,
  { file: place, variant, signal }: UseQuestion,
): Promise<KnownUse> {
  if (place !== undefined) {
    const places = place.split(",").map((each) => each.trim());
    const reports = await Promise.all(places.map((each) => readPlace(each, signal)));
    return { kind: "known", report: mergeUse(reports), from: places.join(", ") };
  }
  const { admin } = gatewayOf(config, variant);
  if (admin === undefined) return { kind: "unknown", why: "the mesh has no admin listener" };
  const { name, isFirst } = variantOf(config, variant);
  const url = `${admin}/admin/use${isFirst ? "" : `?variant=${name}`}`;
  try {
    return { kind: "known", report: readReport(await ask(url, signal)), from: url };
  } catch (failure) {
    signal.throwIfAborted();
    return { kind: "unknown", why: `${url}: ${problemOf(failure)}` };
  }
}

/** @throws meshing.USE_UNREADABLE */
async function readPlace(place: string, signal: AbortSignal): Promise<UseReport> {
  try {
    const text = /^https?:\/\//.test(place) ? await ask(place, signal) : await readFile(place, "utf8");
    return readReport(text);
  } catch (cause) {
    throw meshing.USE_UNREADABLE({ place, problem: problemOf(cause) }, cause);
  }
}

async function ask(url: string, signal: AbortSignal): Promise<string> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
  const response = await fetch(url, { signal: within, redirect: "error" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.text();
}

/** Of what fetch hides behind "fetch failed", and of a report's first mistake. */
function problemOf(failure: unknown): string {
  if (failure instanceof z.ZodError) {
    const [issue] = failure.issues;
    return `${issue?.path.join(".")}: ${issue?.message}`;
  }
  return reasonOf(failure);
}

function readReport(text: string): UseReport {
  return useReportSchema.parse(JSON.parse(text));
}
