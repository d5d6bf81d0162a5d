// The limits of a document: what is read of it before it is validated. Configured as section `operation`.

export type TextLimits = {
  readonly charactersMax: number;
  readonly linesMax: number;
  readonly tokensMax: number;
  readonly nestingMax: number;
};

export type DocumentLimits = {
  readonly operationsMax: number;
  readonly fragmentsMax: number;
  readonly variablesMax: number;
  readonly directivesMax: number;
  readonly nameCharactersMax: number;
  readonly nestingMax: number;
  readonly depthMax: number;
  readonly selectionsMax: number;
  readonly aliasesMax: number;
  readonly rootFieldsMax: number;
  readonly overlapsMax: number;
  readonly introspectionDepthMax: number;
  readonly introspectionFieldsMax: number;
};

export type VariableLimits = { readonly variableNestingMax: number; readonly variableValuesMax: number };
