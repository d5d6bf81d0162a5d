// What keeps a contract from being generated.
import { faultTable } from "../product/fault.ts";

export const generating = faultTable({
  PRODUCT_UNDECLARED: {
    status: 400,
    audience: "caller",
    text: ({ subgraph }: { subgraph: string }) => `Subgraph ${subgraph} declares no data product.`,
    remedy: "Declare one with @dataProduct on an entity that it owns.",
  },
  DOCUMENT_UNREADABLE: {
    status: 400,
    audience: "caller",
    text: ({ line, column, problem }: { line: number; column: number; problem: string }) =>
      `The document that is there is no YAML, at line ${line}, column ${column}: ${problem}.`,
    remedy: "Correct the line: what cannot be read is not written over.",
  },
});
