// Follows the address's hash, so that the gateway needs to serve one page only.
import { useEffect, useSyncExternalStore } from "react";
import { type Route, routes } from "./routes.ts";

const onHashChange = (changed: () => void): (() => void) => {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
};

const pathInHash = (): string => location.hash.slice(1) || "/";

/** The route the address names; undefined when it names none. Keeps the browser's tab title in step. */
export const useRoute = (): Route | undefined => {
  const path = useSyncExternalStore(onHashChange, pathInHash);
  const route = routes.find((candidate) => candidate.path === path);
  useEffect(() => {
    document.title = route === undefined ? "Weft" : `${route.title} · Weft`;
  }, [route]);
  return route;
};
