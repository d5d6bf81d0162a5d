// An answer with its parts, as bytes: the parts as one line of JSON, then the answer as it is sent.
import { type Body, bufferOfBody } from "../../cache/store/body.ts";
import type { Answer } from "../execute/answer.ts";
import type { Part } from "./parts.ts";

/** An answer, and who gave what part of it: left out where all is live and nobody wants to know. */
export type Parted = Answer & { readonly parts?: readonly Part[] };

const head = Buffer.from('{"data":');
const tail = Buffer.from("}");
const lineEnd = 0x0a;

/** @param answer - one that has data and no errors */
export function writeParted({ text, data, parts = [] }: Parted): Buffer {
  const line = Buffer.from(`${JSON.stringify(parts)}\n`);
  return text ? Buffer.concat([line, text]) : Buffer.concat([line, head, data ?? Buffer.from("null"), tail]);
}

/** @param isRemembered - whether it comes from the store, so that all its parts do */
export function readParted(bytes: Body, isRemembered: boolean): Parted {
  const body = bufferOfBody(bytes);
  const end = body.indexOf(lineEnd);
  const parts = JSON.parse(body.toString("utf8", 0, end)) as readonly Part[];
  const text = body.subarray(end + 1);
  return {
    text,
    data: text.subarray(head.length, -tail.length),
    parts: isRemembered ? parts.map((part) => ({ ...part, isRemembered })) : parts,
  };
}
