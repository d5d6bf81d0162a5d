// What keeps the documents of a product from being brought in step.
import { faultTable } from "../../schema/product/fault.ts";

export const documenting = faultTable({
  DOCUMENT_FAILED: {
    status: 400,
    audience: "caller",
    text: ({ file, problem }: { file: string; problem: string }) => `${file}: ${problem}.`,
    remedy: "Correct the file or its folder, and run `weft contract` again.",
  },
});
