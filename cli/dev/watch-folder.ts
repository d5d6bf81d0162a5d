// Watches a product's folder: one call for each save, however many events the file system makes of it.
import { type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";

const ignored: ReadonlySet<string> = new Set(["node_modules", ".git", ".weft"]);
/** Editors write, rename and touch: events so close together are one save. */
const settleMs = 40;
const foldersMax = 500;

/** Folders that come later are watched too; packages, git and Weft's own state are not. */
export function watchFolder(folder: string, changed: () => void): Disposable {
  const watchers = new Map<string, FSWatcher>();
  let settling: NodeJS.Timeout | undefined;
  const follow = (path: string) => {
    if (watchers.has(path) || watchers.size >= foldersMax) return;
    try {
      const watcher = watch(path, (_, name) => {
        if (name !== null && (ignored.has(name) || name.endsWith("~") || name.endsWith(".swp"))) return;
        clearTimeout(settling);
        settling = setTimeout(() => {
          followBelow(path);
          changed();
        }, settleMs);
      });
      watcher.on("error", () => {
        watcher.close();
        watchers.delete(path);
      });
      watchers.set(path, watcher);
      followBelow(path);
    } catch {
      // It went away between being seen and being watched.
    }
  };
  const followBelow = (path: string) => {
    for (const entry of entriesOf(path))
      if (entry.isDirectory() && !ignored.has(entry.name)) follow(join(path, entry.name));
  };
  follow(folder);
  return {
    [Symbol.dispose]: () => {
      clearTimeout(settling);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
