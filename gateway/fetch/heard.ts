// What a caller is told of an answer before it is handed over.

/** `bytes` as it came; `isShared`: the same request was on its way already, and no other was sent. */
export type Heard = { readonly bytes: number; readonly isShared: boolean };
