// Reads the operations that the operator registered: a file, or all `.graphql` files of a folder and those below it.
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { TextLimits } from "../operation/operation-limits.ts";
import { parseQuestions } from "./parse-questions.ts";

/**
 * The texts of the documents, by file name, each as it stands in its file.
 * @throws Error that names the file which cannot be read, is past a limit, or holds no operation
 */
export async function readRegistered(path: string, limits: TextLimits): Promise<readonly string[]> {
  const files = (await stat(path)).isDirectory() ? await filesOf(path) : [path];
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, "utf8");
      const problem = problemOf(text, limits);
      if (problem) throw new Error(`${file}: ${problem}`);
      return text;
    }),
  );
}

async function filesOf(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory, { recursive: true });
  return names
    .filter((name) => name.endsWith(".graphql"))
    .sort()
    .map((name) => join(directory, name));
}

function problemOf(text: string, limits: TextLimits): string | undefined {
  try {
    return parseQuestions(text, limits).length === 0 ? "there is no operation in it" : undefined;
  } catch (failure) {
    return (failure as Error).message;
  }
}
