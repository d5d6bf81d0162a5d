// Remembers on disk the SDLs that last composed, so that the gateway can start while subgraphs are down.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "../write-whole.ts";

const remembered = z.object({ sdls: z.record(z.string(), z.string()) });

export type SdlMemory = {
  /** By subgraph; empty where nothing readable was kept. */
  readonly recall: () => Promise<ReadonlyMap<string, string>>;
  /** Replaces what was kept, as a whole or not at all. */
  readonly keep: (sdls: ReadonlyMap<string, string>) => Promise<void>;
};

export function openSdlMemory(directory: string): SdlMemory {
  const file = join(directory, "sdls.json");
  return {
    recall: async () => {
      try {
        const { sdls } = remembered.parse(JSON.parse(await readFile(file, "utf8")));
        return new Map(Object.entries(sdls));
      } catch {
        return new Map();
      }
    },
    keep: (sdls) => writeWhole(file, JSON.stringify({ sdls: Object.fromEntries(sdls) })),
  };
}
