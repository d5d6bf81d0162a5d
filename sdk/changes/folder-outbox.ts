// An outbox in a folder, for sources without a database: events in a file of lines, and how far they were delivered in another.
import { type FileHandle, mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { type ChangeEvent, changeEventSchema } from "../../schema/product/change-event.ts";
import { announcing } from "./changes-faults.ts";
import { lockFolder } from "./folder-lock.ts";
import type { Outbox } from "./outbox.ts";

export type FolderOptions = {
  readonly product: string;
  readonly directory: string;
  /** Most bytes of events that wait. */
  readonly bytesMax: number;
};

/** A file of more bytes is written anew once all of it was delivered. */
const shrinkBytes = 1024 * 1024;

/**
 * Opens the folder, or makes it; no other process can until it is disposed, or this one is gone.
 * @throws announcing.OUTBOX_LOCKED
 */
export async function folderOutbox(options: FolderOptions): Promise<Outbox> {
  await mkdir(options.directory, { recursive: true });
  const lock = await lockFolder(options);
  try {
    const outbox = await openFolder(options);
    return {
      ...outbox,
      [Symbol.asyncDispose]: async () => {
        await outbox[Symbol.asyncDispose]();
        await lock[Symbol.asyncDispose]();
      },
    };
  } catch (failure) {
    await lock[Symbol.asyncDispose]();
    throw failure;
  }
}

/**
 * An event is kept when it is on the disk.
 * A last line that a crash tore is forgotten: of its event nobody was told that it is kept.
 */
async function openFolder({ product, directory, bytesMax }: FolderOptions): Promise<Outbox> {
  const eventsPath = join(directory, "events.ndjson");
  const cursorPath = join(directory, "cursor.json");
  let cursor = readCursor(await readFile(cursorPath, "utf8").catch(absent));
  const { events, bytes } = readLines(await readFile(eventsPath).catch(absent));
  const pending = events.filter(({ sequence }) => BigInt(sequence) > cursor);
  let last = events.reduce((latest, { sequence }) => later(latest, BigInt(sequence)), cursor);
  let file = await open(eventsPath, events.length === 0 ? "w+" : "r+");
  /** Bytes of whole lines. What a failed write left behind them is written over. */
  let length = events.length === 0 ? 0 : bytes;
  await file.truncate(length);
  await syncDirectory(directory);

  const shrink = async () => {
    const left = Buffer.from(pending.map(line).join(""));
    await replaceFile(directory, eventsPath, left);
    await file.close();
    file = await open(eventsPath, "r+");
    length = left.length;
  };
  return {
    pending,
    next: async () => String(last + 1n),
    append: async (event) => {
      const written = Buffer.from(line(event));
      if (length + written.length > bytesMax) await shrink();
      if (length + written.length > bytesMax)
        throw announcing.OUTBOX_MAX({ product, held: `${length} bytes of events` });
      await writeAt(file, written, length);
      await file.datasync();
      length += written.length;
      last = BigInt(event.sequence);
      pending.push(event);
      return { kept: Promise.resolve() };
    },
    acknowledge: async (sequence) => {
      cursor = later(cursor, BigInt(sequence));
      await replaceFile(directory, cursorPath, Buffer.from(JSON.stringify({ sequence: String(cursor) })));
      const left = pending.findIndex((event) => BigInt(event.sequence) > cursor);
      pending.splice(0, left < 0 ? pending.length : left);
      if (length > shrinkBytes && pending.length === 0) await shrink();
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** Whole lines alone are read: what stands behind the last line's end was torn. A line that is no event leaves a gap. */
function readLines(content: Buffer | undefined): {
  readonly events: readonly ChangeEvent[];
  readonly bytes: number;
} {
  if (!content) return { events: [], bytes: 0 };
  const bytes = content.lastIndexOf("\n") + 1;
  const lines = content.toString("utf8", 0, bytes).split("\n").slice(0, -1);
  const events = lines.flatMap((text) => {
    const { data } = changeEventSchema.safeParse(parseJson(text));
    return data ? [data] : [];
  });
  return { events, bytes };
}

function readCursor(text: string | undefined): bigint {
  const { sequence } = (parseJson(text ?? "") ?? {}) as { readonly sequence?: string };
  return /^\d+$/.test(sequence ?? "") ? BigInt(sequence as string) : 0n;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function line(event: ChangeEvent): string {
  return `${JSON.stringify(event)}\n`;
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function absent(failure: NodeJS.ErrnoException): undefined {
  if (failure.code !== "ENOENT") throw failure;
}

async function writeAt(file: FileHandle, content: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < content.length) {
    const left = content.length - written;
    written += (await file.write(content, written, left, position + written)).bytesWritten;
  }
}

/** The old content or the new, whenever the process or the machine stops. */
async function replaceFile(directory: string, path: string, content: Buffer): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, "w");
  try {
    await file.writeFile(content);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  await syncDirectory(directory);
}

async function syncDirectory(directory: string): Promise<void> {
  const folder = await open(directory, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
