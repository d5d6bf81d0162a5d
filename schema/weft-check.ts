// What `weft/check` offers to tools of one's own: what the command line does, as functions.
export type { Change, Verdict } from "./check/change.ts";
export { type CheckedProduct, checkProduct, type ProductCheck } from "./check/check-product.ts";
export type { Finding, Severity, SourcePlace } from "./check/finding.ts";
export type { Hit, Judgement } from "./check/judge.ts";
export { checkDocuments, type DocumentsCheck, type ProductDocuments } from "./contract/check-documents.ts";
export { generateContract } from "./contract/generate-contract.ts";
export { generateDescriptor } from "./contract/generate-descriptor.ts";
export { type UsedOperation, type UseReport, useReportSchema } from "./product/use.ts";
export { openRegistry, type RegistryPlace } from "./registry/open-registry.ts";
export type {
  Placed,
  ProductVersion,
  Registry,
  Revision,
  RevisionAction,
  RevisionDraft,
} from "./registry/registry.ts";
