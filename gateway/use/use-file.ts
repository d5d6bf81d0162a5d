// Keeps the record of use on disk, whole or not at all, so that a restart goes on with it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type UseReport, useReportSchema } from "../../schema/product/use.ts";
import { writeWhole } from "../write-whole.ts";
import type { KeptUse } from "./record-use.ts";

/** A use report with what only the gateway needs: `weft check --use` may be given the file. */
const keptSchema = useReportSchema.extend({
  isWhole: z.boolean(),
  forgottenOn: z.array(z.object({ day: z.iso.date(), count: z.int().min(1) })),
});

export type KeptFile = UseReport &
  KeptUse & {
    /** Did recording end in order? If not, something may have been used after this was written. */
    readonly isWhole: boolean;
  };

export type UseFile = {
  /** Undefined where nothing was kept. @throws Error for what cannot be read */
  readonly recall: () => Promise<KeptFile | undefined>;
  readonly keep: (use: KeptFile) => Promise<void>;
};

export function openUseFile(directory: string): UseFile {
  const file = join(directory, "use.json");
  return {
    recall: async () => {
      const text = await readFile(file, "utf8").catch((failure: NodeJS.ErrnoException) => {
        if (failure.code === "ENOENT") return undefined;
        throw failure;
      });
      return text === undefined ? undefined : keptSchema.parse(JSON.parse(text));
    },
    // Names of clients and operations are nobody else's business.
    keep: (use) => writeWhole(file, JSON.stringify(use), { mode: 0o600, flush: true }),
  };
}
