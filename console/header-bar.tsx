// The thin bar at the top: product name, pages, mesh status.
import { MeshStatus } from "./mesh/mesh-status.tsx";
import { routes } from "./routes.ts";

/** `path` is the current route's, marked in the list of pages. */
export const HeaderBar = ({ path }: { readonly path: string | undefined }) => (
  <header className="header-bar">
    <a className="product" href="#/">
      <img src="/favicon.svg" alt="" width="20" height="20" />
      Weft
    </a>
    <nav aria-label="Pages">
      <ul>
        {routes.map((route) => (
          <li key={route.path}>
            <a href={`#${route.path}`} aria-current={route.path === path ? "page" : undefined}>
              {route.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    <MeshStatus />
  </header>
);
