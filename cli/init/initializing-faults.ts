// What can keep a product's folder from being made.
import { faultTable } from "../../schema/product/fault.ts";

export const initializing = faultTable({
  INIT_NAME: {
    status: 400,
    audience: "caller",
    text: ({ name }: { name: string }) => `${JSON.stringify(name)} is no name of a product.`,
    remedy: "Use small letters, digits and hyphens, and begin with a letter.",
  },
  INIT_FLAG: {
    status: 400,
    audience: "caller",
    text: ({ flag, problem }: { flag: string; problem: string }) => `--${flag}: ${problem}.`,
    remedy: "`weft init --help` tells what it takes.",
  },
  INIT_FOLDER: {
    status: 400,
    audience: "caller",
    text: ({ folder, problem }: { folder: string; problem: string }) => `${folder} ${problem}.`,
    remedy: "Nothing was written. Name another folder with `--out`.",
  },
  INIT_KEY: {
    status: 400,
    audience: "caller",
    text: ({ source, problem }: { source: string; problem: string }) => `${source}: ${problem}.`,
    remedy: "Name the columns that tell its rows apart with `--key a,b`; they must be unique and never null.",
  },
  INIT_NAME_TAKEN: {
    status: 400,
    audience: "caller",
    text: ({ what, name, owner }: { what: string; name: string; owner: string }) =>
      `The mesh has ${what} ${name} already, of ${owner}.`,
    remedy: "Choose another with the argument NAME, `--entity` or `--collection`.",
  },
  INIT_MESH: {
    status: 503,
    audience: "caller",
    text: ({ mesh, problem }: { mesh: string; problem: string }) =>
      `The mesh of ${mesh} cannot be asked: ${problem}.`,
    remedy: "Start it, correct `--mesh` or `--gateway`, or leave them out: then no reference is proposed.",
  },
  INIT_ENDED: {
    status: 400,
    audience: "caller",
    text: (_: Readonly<Record<string, never>>) => "Ended before all was answered.",
    remedy: "Nothing was written.",
  },
});
