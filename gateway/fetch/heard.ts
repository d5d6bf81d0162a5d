// What a caller is told of an answer before it is handed over.

/** `text` as it came, of so many bytes; `isShared`: the same request was on its way already, and no other was sent. */
export type Heard = { readonly bytes: number; readonly text: string; readonly isShared: boolean };
