// The thin bar at the top: product name, pages, and how things stand.
import type { ReactNode } from "react";

type Page = { readonly path: string; readonly title: string };

/** `path` is the current page's, marked in the list. `children` say how things stand. */
export const HeaderBar = ({
  pages,
  path,
  children,
}: {
  readonly pages: readonly Page[];
  readonly path: string | undefined;
  readonly children: ReactNode;
}) => (
  <header className="header-bar">
    <a className="product" href="#/">
      <img src="/favicon.svg" alt="" width="20" height="20" />
      Weft
    </a>
    <nav aria-label="Pages">
      <ul>
        {pages.map((page) => (
          <li key={page.path}>
            <a href={`#${page.path}`} aria-current={page.path === path ? "page" : undefined}>
              {page.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    {children}
  </header>
);
