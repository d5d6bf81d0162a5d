// Reads what the rules of contracts found last, from the listener that served the page.
import { readJson } from "../admin/use-reading.ts";

export type Rule = {
  readonly id: string;
  readonly text: string;
  readonly dimension: string;
  readonly severity: "error" | "warning";
  readonly outcome: "passed" | "failed" | "error";
  readonly value?: string;
  readonly expected?: string;
};

export type Quality = {
  readonly product: string;
  readonly version: string;
  readonly at: string;
  readonly rules: readonly Rule[];
};

/** @throws Error that says why nothing could be read */
export const readQuality = async ({
  signal,
}: {
  readonly signal: AbortSignal;
}): Promise<readonly Quality[]> => {
  const { reports } = await readJson("/admin/quality", signal);
  if (!Array.isArray(reports)) throw new Error("/admin/quality gave an answer that this page cannot read");
  return reports;
};
