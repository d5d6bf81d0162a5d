// Gives a report to the gateway's listener for operators, which keeps the last one of each product.
import type { QualityReport } from "../../schema/product/quality.ts";
import { reasonOf } from "../reason-of.ts";
import { testing } from "./testing-faults.ts";

const timeoutMs = 10_000;

/** @param admin - where the listener is, such as `http://127.0.0.1:4090`. @throws testing.REPORT_REFUSED */
export async function sendReport(admin: string, report: QualityReport): Promise<void> {
  const refuse = (problem: string, cause?: unknown) =>
    testing.REPORT_REFUSED({ url: admin, problem: problem.replace(/\.$/, "") }, cause);
  if (!URL.canParse("/admin/quality", admin)) throw refuse("that is no URL");
  const { status, text } = await fetch(new URL("/admin/quality", admin), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(report),
    signal: AbortSignal.timeout(timeoutMs),
  })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((failure: unknown) => {
      throw refuse(reasonOf(failure), failure);
    });
  if (status >= 400) throw refuse(`status ${status}: ${text.slice(0, 300)}`);
}
