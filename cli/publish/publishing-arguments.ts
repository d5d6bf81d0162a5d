// Arguments that the verbs of the registry share.

export const meshArguments = {
  mesh: {
    type: "string",
    description:
      "Mesh configuration; else WEFT_MESH, else `mesh` of the product's weft.yaml, else mesh.yaml.",
    valueHint: "FILE",
  },
  variant: { type: "string", description: "Variant of the mesh; else its first.", valueHint: "NAME" },
  json: { type: "boolean", description: "Print one JSON document." },
} as const;

export const revisionArguments = {
  ...meshArguments,
  by: { type: "string", description: "Who does it; else as git knows you.", valueHint: "NAME" },
  "dry-run": { type: "boolean", description: "Check all, and change nothing." },
} as const;
