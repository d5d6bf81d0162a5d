// The frame around every route: the header bar, and the route's page below it.
import { Suspense } from "react";
import { HeaderBar } from "./header-bar.tsx";
import { MeshStatus } from "./mesh/mesh-status.tsx";
import { RouteBoundary } from "./route-boundary.tsx";
import { routes } from "./routes.ts";
import { useRoute } from "./use-route.ts";

/** The whole console. A page that is unknown, loading or broken says so below a header that keeps working. */
export const Console = () => {
  const route = useRoute();
  return (
    <>
      <HeaderBar pages={routes} path={route?.path}>
        <MeshStatus />
      </HeaderBar>
      <main className="page">
        {route === undefined ? (
          <p className="notice">
            There is no such page. <a href="#/">Back to the console</a>
          </p>
        ) : (
          <RouteBoundary key={route.path}>
            <Suspense fallback={<p className="notice">Loading…</p>}>
              <route.Page />
            </Suspense>
          </RouteBoundary>
        )}
      </main>
    </>
  );
};
