// The bar at the top of the admin listener's pages.
import { HeaderBar } from "../header-bar.tsx";
import { type AdminPath, adminPages } from "./admin-page.ts";

/** A change of the verdict is announced. */
export const AdminBar = ({ path, verdict }: { readonly path: AdminPath; readonly verdict: string }) => (
  <HeaderBar pages={adminPages} path={path}>
    <span role="status">{verdict}</span>
  </HeaderBar>
);
