// Brands: a type that only its own constructor can mint, for names and for stages. A value may bear several.
declare const brands: unique symbol;

export type Brand<T, Name extends string> = T & { readonly [brands]: { readonly [N in Name]: true } };
