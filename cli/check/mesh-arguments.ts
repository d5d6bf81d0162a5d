// The arguments of verbs that look at a product and its mesh.
export const folderArgument = {
  type: "positional",
  required: false,
  default: ".",
  description: "The product's folder.",
  valueHint: "FOLDER",
} as const;

export const meshArgument = {
  type: "string",
  description: "Mesh configuration; else WEFT_MESH, else `mesh` of weft.yaml.",
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
