// The table of routes: one line a page, each loaded only when it is first shown.
import { type ComponentType, lazy } from "react";

/** `path` is what follows `#` in the address; `title` names the page in the header and in the browser's tab. */
export type Route = {
  readonly path: `/${string}`;
  readonly title: string;
  readonly Page: ComponentType;
};

/** Every page, in the order the header lists them. */
export const routes: readonly Route[] = [
  {
    path: "/",
    title: "Ask",
    Page: lazy(async () => ({ default: (await import("./routes/ask.tsx")).AskPage })),
  },
];
