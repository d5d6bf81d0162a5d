// Reading and writing fields whose names come from the wire or from a caller, whatever they are.
import { isObject } from "../../../schema/product/is-object.ts";

type Fields = Readonly<Record<string, unknown>>;

export type Json = Record<string, unknown>;

/** Names that every object answers to although nobody gave it such a field. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A field of this name may be read as it is: no object has it from elsewhere. */
export function isPlain(name: string): boolean {
  return !inherited.has(name);
}

/** A reader of one field; undefined where the object itself has none. */
export function reader(name: string): (source: Fields) => unknown {
  if (isPlain(name)) return (source) => source[name];
  return (source) => (Object.hasOwn(source, name) ? source[name] : undefined);
}

/** A writer of one field, also of one that would else replace the prototype. */
export function writer(name: string): (target: Json, value: unknown) => void {
  if (name !== "__proto__")
    return (target, value) => {
      target[name] = value;
    };
  return (target, value) => {
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  };
}

/** All of a JSON value anew, so that what is written below it is written here only. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (!isObject(value)) return value;
  const copied: Json = {};
  for (const name of Object.keys(value)) writer(name)(copied, copy(value[name]));
  return copied as T;
}
