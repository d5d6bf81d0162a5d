// How an entry is written: a header, its stamps, its body, and a checksum over them and the name it was made for.
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import type { Rejection } from "../cache-event.ts";
import type { Entry } from "./store.ts";

const magic = 0x57454654; // "WEFT"
const format = 1;
/**
 * What tells an entry from every other of its name: its times, and the checksum over all of it.
 *
 * magic u32, format u8, body's form u8, stamps' bytes u16, checksum u32, made, stale, delete, took: f64 each
 */
export const headerBytes = 44;
const checksumAt = 8;
const forms = { missing: 0, plain: 1, deflated: 2 } as const;
/** Bodies above this many bytes are deflated: for smaller ones inflating costs more than the bytes are worth. */
const plainBytesMax = 262_144;

export function writeEntry(name: string, entry: Entry): Buffer {
  const stamps = Buffer.from(entry.stamps.join(","));
  const { body } = entry;
  const deflated = body && body.length > plainBytesMax;
  const stored = deflated ? deflateRawSync(body, { level: 1 }) : (body ?? Buffer.alloc(0));
  const bytes = Buffer.alloc(headerBytes + stamps.length + stored.length);
  bytes.writeUInt32BE(magic, 0);
  bytes.writeUInt8(format, 4);
  bytes.writeUInt8(!body ? forms.missing : deflated ? forms.deflated : forms.plain, 5);
  bytes.writeUInt16BE(stamps.length, 6);
  bytes.writeDoubleBE(entry.madeAtMs, 12);
  bytes.writeDoubleBE(entry.staleAtMs, 20);
  bytes.writeDoubleBE(entry.deleteAtMs, 28);
  bytes.writeDoubleBE(entry.tookMs, 36);
  bytes.set(stamps, headerBytes);
  bytes.set(stored, headerBytes + stamps.length);
  bytes.writeUInt32BE(checksum(name, bytes), checksumAt);
  return bytes;
}

/** The entry, or why these bytes are none of `name`. `bodyBytesMax` bounds what a deflated body may grow to. */
export function readEntry(name: string, bytes: Buffer, bodyBytesMax: number): Entry | Rejection {
  if (bytes.length < headerBytes || bytes.readUInt32BE(0) !== magic) return "foreign";
  if (bytes.readUInt8(4) !== format) return "other format";
  if (bytes.readUInt32BE(checksumAt) !== checksum(name, bytes)) return "corrupted";
  const bodyAt = headerBytes + bytes.readUInt16BE(6);
  const stamps = bytes.toString("utf8", headerBytes, bodyAt);
  const body = readBody(bytes.readUInt8(5), bytes.subarray(bodyAt), bodyBytesMax);
  if (body === "too large") return body;
  return {
    madeAtMs: bytes.readDoubleBE(12),
    staleAtMs: bytes.readDoubleBE(20),
    deleteAtMs: bytes.readDoubleBE(28),
    tookMs: bytes.readDoubleBE(36),
    stamps: stamps === "" ? [] : stamps.split(","),
    body,
  };
}

function readBody(form: number, stored: Buffer, bodyBytesMax: number): Buffer | "too large" | undefined {
  if (form === forms.missing) return undefined;
  if (form === forms.plain) return stored;
  try {
    return inflateRawSync(stored, { maxOutputLength: bodyBytesMax });
  } catch {
    return "too large"; // the checksum holds, so that it was written as it is
  }
}

function checksum(name: string, bytes: Buffer): number {
  const before = crc32(bytes.subarray(0, checksumAt), crc32(name));
  return crc32(bytes.subarray(checksumAt + 4), before);
}
