// A product's folder: `weft.yaml` says what the product is called, where its port runs and what the mesh is.
import { z } from "zod";
import { isVersion } from "../../schema/product/version.ts";

/** Paths are relative to the file. */
export const productFolderSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{0,62}$/,
        "a name has small letters, digits and hyphens, and begins with a letter",
      )
      .describe("Name of the subgraph in the mesh."),
    url: z.url({ protocol: /^https?$/ }).describe("Where the port is asked."),
    version: z
      .string()
      .refine(isVersion, "a semantic version, such as 1.4.0")
      .optional()
      .describe("Version of the port where its SDL says none in `@dataProduct`."),
    module: z
      .string()
      .optional()
      .describe("JavaScript module that exports `product`, made by `defineProduct`."),
    sdl: z.string().optional().describe("SDL file, for a port that is not made with the SDK."),
    run: z
      .string()
      .optional()
      .describe("JavaScript file that serves the port, for `weft dev` and `weft test`."),
    contract: z.string().optional().describe("Open Data Contract Standard document (YAML)."),
    descriptor: z.string().optional().describe("Open Data Product Standard document (YAML)."),
    mesh: z
      .string()
      .optional()
      .describe("Configuration of the mesh (`mesh.yaml`), which names its registry."),
  })
  .refine(
    ({ module, sdl }) => (module === undefined) !== (sdl === undefined),
    "give `module` or `sdl`, one of them",
  );

export type ProductFolder = z.output<typeof productFolderSchema>;
