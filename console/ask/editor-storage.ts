// Keeps the editor's tabs under names of our own, apart from other consoles a visitor opened on this origin.
import type { Storage as EditorStorage } from "@graphiql/toolkit";

const prefix = "weft:";

/** Keys the editor itself reads and writes. */
export const editorKeys = {
  tabs: "graphiql:tabState",
  query: "graphiql:query",
  variables: "graphiql:variables",
} as const;

const overLocalStorage = (local: Storage): EditorStorage => {
  const ours = () => Object.keys(local).filter((key) => key.startsWith(prefix));
  return {
    getItem: (key) => local.getItem(prefix + key),
    setItem: (key, value) => local.setItem(prefix + key, value),
    removeItem: (key) => local.removeItem(prefix + key),
    clear: () => {
      for (const key of ours()) local.removeItem(key);
    },
    get length() {
      return ours().length;
    },
  };
};

const inMemory = (): EditorStorage => {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  };
};

/** Storage for the editor: the browser's, or the page's memory when the browser refuses it. */
export const openEditorStorage = (): EditorStorage => {
  try {
    return overLocalStorage(localStorage);
  } catch {
    return inMemory();
  }
};
