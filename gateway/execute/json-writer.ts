// Writes JSON as bytes, in one pass and into memory that is used again.

/** What is being written lies from `start` up to `at`; going back to an earlier `at` takes it back. */
export type JsonWriter = { bytes: Buffer; start: number; at: number };

/** Written into one after another, in bytes: longer answers get memory of their own. */
const slabBytes = 524_288;
/** Shorter answers are copied out of the slab, so that none of them keeps a whole one alive for long. */
const copiedMax = 16_384;
/** Longer texts are quicker written by the runtime. */
const shortLength = 256;

const quote = 0x22;
const backslash = 0x5c;
const minus = 0x2d;
const zero = 0x30;

export function openJsonWriter(): JsonWriter {
  return { bytes: Buffer.allocUnsafeSlow(slabBytes / 8), start: 0, at: 0 };
}

/** Begins anew, with room for as many bytes as are expected; more may come. */
export function beginWriting(out: JsonWriter, expectedBytes: number): void {
  const { length } = out.bytes;
  const isLeft = length > slabBytes && expectedBytes <= slabBytes;
  if (isLeft || length - out.start < expectedBytes) {
    out.bytes = Buffer.allocUnsafeSlow(Math.max(slabBytes, expectedBytes));
    out.start = 0;
  }
  out.at = out.start;
}

/** Takes what was written out of the writer: the same memory where it is much. */
export function takeWritten(out: JsonWriter): Buffer {
  const { bytes, start, at } = out;
  if (at - start > copiedMax) {
    out.start = at;
    return bytes.subarray(start, at);
  }
  const written = Buffer.allocUnsafe(at - start);
  bytes.copy(written, 0, start, at);
  out.at = start;
  return written;
}

function reserve(out: JsonWriter, length: number): void {
  if (out.at + length > out.bytes.length) grow(out, length);
}

/** What is written keeps its place, for those who remember it. */
function grow(out: JsonWriter, length: number): void {
  const { bytes, start, at } = out;
  out.bytes = Buffer.allocUnsafeSlow(Math.max(slabBytes, start + 2 * (at - start + length)));
  bytes.copy(out.bytes, start, start, at);
}

export function writeByte(out: JsonWriter, byte: number): void {
  reserve(out, 1);
  out.bytes[out.at++] = byte;
}

/** Once more what was written from `start` up to `end`. */
export function repeatWritten(out: JsonWriter, start: number, end: number): void {
  reserve(out, end - start);
  out.bytes.copyWithin(out.at, start, end);
  out.at += end - start;
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
  writeLabelled(out, nothing, text);
}

const nothing = new Uint8Array(0);

/** A name with its colon, as bytes, and a string. */
export function writeLabelled(out: JsonWriter, label: Uint8Array, text: string): void {
  const { length } = text;
  if (length > shortLength) {
    writeBytes(out, label);
    writeJson(out, JSON.stringify(text));
    return;
  }
  reserve(out, label.length + length + 2);
  const { bytes } = out;
  let { at } = out;
  for (let i = 0; i < label.length; i++) bytes[at++] = label[i] as number;
  const start = at;
  bytes[at++] = quote;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e || unit === quote || unit === backslash) {
      out.at = start;
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
  else if (typeof value === "number") writeNumber(out, value);
  else if (typeof value === "boolean") writeAscii(out, value ? "true" : "false");
  else writeJson(out, JSON.stringify(value));
}

function writeNumber(out: JsonWriter, value: number): void {
  if ((value | 0) === value) writeInt(out, value);
  else writeAscii(out, Number.isFinite(value) ? `${value}` : "null");
}

/** Of 32 bits, whose digits are quicker found here; 0 and -0 are one. */
function writeInt(out: JsonWriter, value: number): void {
  reserve(out, 11);
  const { bytes } = out;
  if (value < 0) bytes[out.at++] = minus;
  let rest = Math.abs(value);
  let digits = 1;
  for (let power = 10; power <= rest; power *= 10) digits++;
  out.at += digits;
  for (let at = out.at - 1; digits > 0; digits--) {
    const above = Math.floor(rest / 10);
    bytes[at--] = zero + rest - above * 10;
    rest = above;
  }
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
