// What an entry holds: text stays text, so that nobody encodes and decodes what never leaves the process.

export type Body = string | Uint8Array;

/** Bytes that it takes here: of text, one a character, or two where one of them needs more than ASCII has. */
export function bytesOfBody(body: Body): number {
  if (typeof body !== "string") return body.length;
  const { length } = body;
  return Buffer.byteLength(body) === length ? length : 2 * length;
}

/** Of bytes the same ones, not a copy. */
export function bufferOfBody(body: Body): Buffer {
  return typeof body === "string"
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.length);
}

export function textOfBody(body: Body): string {
  return typeof body === "string" ? body : bufferOfBody(body).toString();
}

/** The same, to be kept: bytes that are a part of something larger would keep all of that. */
export function ownBody<B extends Body | undefined>(body: B): B {
  return body instanceof Uint8Array && body.length < body.buffer.byteLength
    ? (new Uint8Array(body) as B)
    : body;
}
