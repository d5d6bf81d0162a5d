// Replaces a file that outlives the process as a whole or not at all, whatever happens meanwhile.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

export type WriteOptions = {
  /** Who may read it, where not everybody may. */
  readonly mode?: number;
  /** Is it on the disk before it takes its name? */
  readonly flush?: boolean;
};

/** Makes its folder. Of the draft that a process which died leaves behind nobody reads. */
export async function writeWhole(file: string, text: string, options: WriteOptions = {}): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.draft`;
  await writeFile(draft, text, options);
  await rename(draft, file);
}
