// What can be wrong with a product's folder.
import { faultTable } from "../../schema/product/fault.ts";

export const opening = faultTable({
  FOLDER_INVALID: {
    status: 400,
    audience: "caller",
    text: ({ problems }: { problems: readonly string[] }) =>
      `This is no product folder:\n${list(problems)}\n`,
    remedy: "Correct `weft.yaml`, name another folder, or make one with `weft init`.",
  },
  MODULE_FAILED: {
    status: 400,
    audience: "caller",
    text: ({ place, problem }: { place: string; problem: string }) => `${place}: ${problem}.`,
    remedy:
      "`module` of weft.yaml names a JavaScript module that exports `product`, made by `defineProduct`.",
  },
  FOLDER_SDL: {
    status: 400,
    audience: "caller",
    text: ({ file, problem }: { file: string; problem: string }) => `${file}: ${problem}.`,
    remedy: "`sdl` of weft.yaml names a file of the port's SDL.",
  },
});

function list(problems: readonly string[]): string {
  return problems.map((problem) => `  ${problem}`).join("\n");
}
