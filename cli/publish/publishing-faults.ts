// What keeps a product from being published, retired or rolled back, besides findings.
import { faultTable } from "../../schema/product/fault.ts";

export const publishing = faultTable({
  NAME_CONFIGURED: {
    status: 409,
    audience: "caller",
    text: ({ name, file }: { name: string; file: string }) =>
      `${name} is a subgraph that ${file} configures, so that none of this name can be published.`,
    remedy: "Take it out of `subgraphs` there first, or give the product another name.",
  },
  VERSION_UNSAID: {
    status: 400,
    audience: "caller",
    text: ({ name, version }: { name: string; version: string }) =>
      `${name} says that its version is ${JSON.stringify(version)}, which is no semantic version.`,
    remedy: "Say it in `@dataProduct(version:)`, such as `1.4.0`.",
  },
  NOT_PUBLISHED: {
    status: 404,
    audience: "caller",
    text: ({ name, variant, published }: { name: string; variant: string; published: readonly string[] }) =>
      `${name} is not published in ${variant}${published.length === 0 ? ", and nothing is" : `: ${published.join(", ")}`}.`,
    remedy: "Name a product that is; `weft history` shows all revisions.",
  },
  NO_SUCH_REVISION: {
    status: 404,
    audience: "caller",
    text: ({ to, variant, newest }: { to: number; variant: string; newest: number }) =>
      newest === 0
        ? `Nothing was ever published in ${variant}.`
        : `${variant} has no revision ${to} to go back to: its revisions are 1 to ${newest}.`,
    remedy: "`weft history` shows all revisions.",
  },
  KEPT_MOVING: {
    status: 409,
    audience: "caller",
    text: ({ variant, tries }: { variant: string; tries: number }) =>
      `Others published in ${variant} each of ${tries} times that this was tried.`,
    remedy: "Do it again in a moment.",
  },
  ARGUMENT_INVALID: {
    status: 400,
    audience: "caller",
    text: ({ argument, problem }: { argument: string; problem: string }) => `${argument}: ${problem}.`,
    remedy: "`--help` shows how it is written.",
  },
});
