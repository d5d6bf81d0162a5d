// The bar at the top of the admin listener's pages: product name, pages, how things stand.
import { type AdminPath, adminPages } from "./admin-page.ts";

/** A change of the verdict is announced. */
export const AdminBar = ({ path, verdict }: { readonly path: AdminPath; readonly verdict: string }) => (
  <header className="header-bar">
    <a className="product" href="#/">
      <img src="/favicon.svg" alt="" width="20" height="20" />
      Weft
    </a>
    <nav aria-label="Pages">
      <ul>
        {adminPages.map((page) => (
          <li key={page.path}>
            <a href={`#${page.path}`} aria-current={page.path === path ? "page" : undefined}>
              {page.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    <span role="status">{verdict}</span>
  </header>
);
