// Arguments that verbs about a product, its mesh and its registry share.

export const folderArgument = {
  type: "positional",
  required: false,
  default: ".",
  description: "The product's folder.",
  valueHint: "FOLDER",
} as const;

export const meshArgument = {
  type: "string",
  description: "Mesh configuration; else WEFT_MESH, else `mesh` of weft.yaml, else mesh.yaml.",
  valueHint: "FILE",
} as const;

export const variantArgument = {
  type: "string",
  description: "Variant of the mesh; else its first.",
  valueHint: "NAME",
} as const;

export const useArgument = {
  type: "string",
  description: "Report of use, saved or to be asked; else the gateway's admin listener, if it answers.",
  valueHint: "FILE|URL",
} as const;

/** Of verbs that add a revision. */
export const revisionArguments = {
  mesh: meshArgument,
  variant: variantArgument,
  by: { type: "string", description: "Who does it; else as git knows you.", valueHint: "NAME" },
  "dry-run": { type: "boolean", description: "Check all, and change nothing." },
  json: { type: "boolean", description: "Print one JSON document." },
} as const;
