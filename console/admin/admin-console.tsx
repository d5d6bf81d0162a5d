// The page that the address names.
import { CachePage } from "../cache/cache-page.tsx";
import { QualityPage } from "../quality/quality-page.tsx";
import { UsePage } from "../used/use-page.tsx";
import { useAdminPath } from "./admin-page.ts";

export const AdminConsole = () => {
  const path = useAdminPath();
  switch (path) {
    case "/":
      return <CachePage />;
    case "/use":
      return <UsePage />;
    case "/quality":
      return <QualityPage />;
  }
};
