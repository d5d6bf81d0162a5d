// The pages of the admin listener, and which of them the address names after `#`.
import { useEffect, useSyncExternalStore } from "react";

export const adminPages = [
  { path: "/", title: "Cache" },
  { path: "/use", title: "Use" },
  { path: "/quality", title: "Quality" },
] as const;

export type AdminPath = (typeof adminPages)[number]["path"];

const onHashChange = (changed: () => void): (() => void) => {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
};

/** The first page where the address names none. Keeps the browser's tab title in step. */
export const useAdminPath = (): AdminPath => {
  const hash = useSyncExternalStore(onHashChange, () => location.hash.slice(1));
  const { path, title } = adminPages.find((page) => page.path === hash) ?? adminPages[0];
  useEffect(() => {
    document.title = `${title} · Weft`;
  }, [title]);
  return path;
};
