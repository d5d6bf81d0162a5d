// An answer with its parts, as bytes: the parts and what it was made of, each a line of JSON, then the answer as it is sent.
import { type Body, bufferOfBody } from "../../cache/store/body.ts";
import type { Answer } from "../execute/answer.ts";
import type { Part } from "./parts.ts";
import type { Provenance } from "./provenance.ts";

/** An answer, and who gave what part of it: left out where all is live and nobody wants to know. */
export type Parted = Answer & {
  readonly parts?: readonly Part[];
  /** Left out = it is not to be looked at again. */
  readonly provenance?: Provenance;
};

const head = Buffer.from('{"data":');
const tail = Buffer.from("}");
const lineEnd = 0x0a;

/** What an answer was made of is not worth more bytes than these, or than this part of its own: it is as easily made again. */
const provenanceBytesMax = 2_048;
const provenanceShareMax = 1 / 4;

/** @param answer - one that has data and no errors */
export function writeParted({ text, data = Buffer.from("null"), parts = [], provenance }: Parted): Buffer {
  const made = JSON.stringify(provenance) ?? "";
  const isWorth = made.length <= Math.max(provenanceBytesMax, (text ?? data).length * provenanceShareMax);
  const lines = Buffer.from(`${JSON.stringify(parts)}\n${isWorth ? made : ""}\n`);
  return text ? Buffer.concat([lines, text]) : Buffer.concat([lines, head, data, tail]);
}

/** Undefined where nothing is known of it. */
export function readProvenance(bytes: Body): Provenance | undefined {
  const body = bufferOfBody(bytes);
  const from = body.indexOf(lineEnd) + 1;
  const line = body.toString("utf8", from, body.indexOf(lineEnd, from));
  return line === "" ? undefined : JSON.parse(line);
}

/** @param isRemembered - whether it comes from the store, so that all its parts do */
export function readParted(bytes: Body, isRemembered: boolean): Parted {
  const body = bufferOfBody(bytes);
  const end = body.indexOf(lineEnd);
  const parts = JSON.parse(body.toString("utf8", 0, end)) as readonly Part[];
  const text = body.subarray(body.indexOf(lineEnd, end + 1) + 1);
  return {
    text,
    data: text.subarray(head.length, -tail.length),
    parts: isRemembered ? parts.map((part) => ({ ...part, isRemembered })) : parts,
  };
}
