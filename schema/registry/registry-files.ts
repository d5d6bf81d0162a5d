// What the registry does to files, each durable once it is done: a small port, so that tests can fail any of it.
import { link, mkdir, open, rename, rm } from "node:fs/promises";

export type RegistryFiles = {
  /** With those above it. */
  readonly makeFolder: (path: string) => Promise<void>;
  /** A file that is not there yet. */
  readonly writeFile: (path: string, text: string) => Promise<void>;
  /** A folder to a name that nothing has; fails with ENOTEMPTY or EEXIST where something has. */
  readonly moveFolder: (from: string, to: string) => Promise<void>;
  /** A second name of a file; fails with EEXIST where something has it: of two at once, one. */
  readonly nameFile: (file: string, name: string) => Promise<void>;
  /** What was done to the folder's names stays done when the machine stops. */
  readonly settle: (folder: string) => Promise<void>;
  /** With all that is in it; no failure where it is not there. */
  readonly remove: (path: string) => Promise<void>;
};

export const registryFiles: RegistryFiles = {
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true });
  },
  writeFile: async (path, text) => {
    const file = await open(path, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  moveFolder: rename,
  nameFile: link,
  settle: async (folder) => {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  remove: (path) => rm(path, { recursive: true, force: true }),
};
