// How an entry is written for others: a header, its stamps, its body, and a checksum over them and the name it was made for.
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import type { Rejection } from "../cache-event.ts";
import { type Body, bufferOfBody } from "./body.ts";
import type { Entry } from "./store.ts";

const magic = 0x57454654; // "WEFT"
/** Another one with each change of what bodies hold: gateways of two versions may share a Redis. */
const format = 3;
/**
 * What tells an entry from every other of its name: its times, and the checksum over all of it.
 *
 * magic u32, format u8, body's form u8, stamps' bytes u16, checksum u32, made, stale, delete, took: f64 each
 */
export const headerBytes = 44;
const kindAt = 4;
const checksumAt = 8;
const timesAt = 12;
const forms = { missing: 0, bytes: 1, deflatedBytes: 2, text: 3, deflatedText: 4 } as const;
/** Bodies above this many bytes are deflated: for smaller ones inflating costs more than the bytes are worth. */
const plainBytesMax = 262_144;

export function writeEntry(name: string, { body, made }: Entry): Buffer {
  const stamps = Buffer.from(made.stamps);
  const plain = bufferOfBody(body ?? "");
  const isDeflated = plain.length > plainBytesMax;
  const stored = isDeflated ? deflateRawSync(plain, { level: 1 }) : plain;
  const bytes = Buffer.allocUnsafe(headerBytes + stamps.length + stored.length);
  bytes.writeUInt32BE(magic, 0);
  bytes.writeUInt8(format, kindAt);
  bytes.writeUInt8(formOf(body, isDeflated), kindAt + 1);
  bytes.writeUInt16BE(stamps.length, kindAt + 2);
  bytes.writeDoubleBE(made.atMs, timesAt);
  bytes.writeDoubleBE(made.staleAtMs, timesAt + 8);
  bytes.writeDoubleBE(made.deleteAtMs, timesAt + 16);
  bytes.writeDoubleBE(made.tookMs, timesAt + 24);
  bytes.set(stamps, headerBytes);
  bytes.set(stored, headerBytes + stamps.length);
  bytes.writeUInt32BE(checksum(name, bytes), checksumAt);
  return bytes;
}

/** The entry, or why these bytes are none of `name`. `bodyBytesMax` bounds what a deflated body may grow to. */
export function readEntry(name: string, bytes: Buffer, bodyBytesMax: number): Entry | Rejection {
  if (bytes.length < headerBytes || bytes.readUInt32BE(0) !== magic) return "foreign";
  if (bytes.readUInt8(kindAt) !== format) return "other format";
  if (bytes.readUInt32BE(checksumAt) !== checksum(name, bytes)) return "corrupted";
  const bodyAt = headerBytes + bytes.readUInt16BE(kindAt + 2);
  const body = readBody(bytes.readUInt8(kindAt + 1), bytes, bodyAt, bodyBytesMax);
  if (body === tooLarge) return "too large";
  const made = {
    atMs: bytes.readDoubleBE(timesAt),
    staleAtMs: bytes.readDoubleBE(timesAt + 8),
    deleteAtMs: bytes.readDoubleBE(timesAt + 16),
    tookMs: bytes.readDoubleBE(timesAt + 24),
    stamps: bytes.toString("latin1", headerBytes, bodyAt),
  };
  return { made, body };
}

function formOf(body: Body | undefined, isDeflated: boolean): number {
  if (body === undefined) return forms.missing;
  if (typeof body === "string") return isDeflated ? forms.deflatedText : forms.text;
  return isDeflated ? forms.deflatedBytes : forms.bytes;
}

const tooLarge = Symbol("too large");

function readBody(
  form: number,
  bytes: Buffer,
  at: number,
  bytesMax: number,
): Body | typeof tooLarge | undefined {
  switch (form) {
    case forms.missing:
      return undefined;
    case forms.text:
      return bytes.toString("utf8", at);
    case forms.bytes:
      return bytes.subarray(at);
    default:
      try {
        const body = inflateRawSync(bytes.subarray(at), { maxOutputLength: bytesMax });
        return form === forms.deflatedText ? body.toString() : body;
      } catch {
        return tooLarge; // the checksum holds, so that it was written as it is
      }
  }
}

/** Over all but the magic number, which is compared, and the checksum itself. */
function checksum(name: string, bytes: Buffer): number {
  const before = (crc32(name) ^ bytes.readUInt32BE(kindAt)) >>> 0;
  return crc32(bytes.subarray(timesAt), before);
}
