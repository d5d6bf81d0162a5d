// Writes JSON as bytes, in one pass and into memory that is used again.

/** What was written lies before `at`; going back to an earlier `at` takes it back. */
export type JsonWriter = { bytes: Buffer; at: number };

/** Memory kept between answers, in bytes: larger ones get their own, and leave it to the garbage collector. */
const keptBytes = 1_048_576;
/** Longer texts are quicker written by the runtime. */
const shortLength = 256;

const quote = 0x22;
const backslash = 0x5c;

export function openJsonWriter(): JsonWriter {
  return { bytes: Buffer.allocUnsafeSlow(keptBytes / 16), at: 0 };
}

/** Takes what was written out of the writer, which is empty then. */
export function takeWritten(out: JsonWriter): Buffer {
  const written = Buffer.allocUnsafe(out.at);
  out.bytes.copy(written, 0, 0, out.at);
  out.at = 0;
  if (out.bytes.length > keptBytes) out.bytes = openJsonWriter().bytes;
  return written;
}

function reserve(out: JsonWriter, length: number): void {
  const needed = out.at + length;
  if (needed <= out.bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * out.bytes.length));
  out.bytes.copy(larger, 0, 0, out.at);
  out.bytes = larger;
}

export function writeByte(out: JsonWriter, byte: number): void {
  reserve(out, 1);
  out.bytes[out.at++] = byte;
}

/** A few bytes: a name, a literal. */
export function writeBytes(out: JsonWriter, written: Uint8Array): void {
  const { length } = written;
  reserve(out, length);
  const { bytes } = out;
  let { at } = out;
  for (let i = 0; i < length; i++) bytes[at++] = written[i] as number;
  out.at = at;
}

/** A string with its quotes: plain ASCII here, all else by the runtime's own rules. */
export function writeString(out: JsonWriter, text: string): void {
  const { length } = text;
  if (length > shortLength) {
    writeJson(out, JSON.stringify(text));
    return;
  }
  reserve(out, length + 2);
  const { bytes } = out;
  let { at } = out;
  bytes[at++] = quote;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e || unit === quote || unit === backslash) {
      writeJson(out, JSON.stringify(text));
      return;
    }
    bytes[at++] = unit;
  }
  bytes[at++] = quote;
  out.at = at;
}

/** A value of any kind. */
export function writeValue(out: JsonWriter, value: unknown): void {
  if (typeof value === "string") writeString(out, value);
  else if (typeof value === "number") writeAscii(out, Number.isFinite(value) ? `${value}` : "null");
  else if (typeof value === "boolean") writeAscii(out, value ? "true" : "false");
  else writeJson(out, JSON.stringify(value));
}

/** A text that is JSON already. */
function writeJson(out: JsonWriter, json: string): void {
  reserve(out, 3 * json.length);
  out.at += out.bytes.write(json, out.at);
}

/** As `writeJson`, a few characters of ASCII. */
function writeAscii(out: JsonWriter, text: string): void {
  const { length } = text;
  reserve(out, length);
  for (let i = 0; i < length; i++) out.bytes[out.at++] = text.charCodeAt(i);
}
