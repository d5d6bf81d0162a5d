// Starts the pages of the admin listener.
import "../console.css";
import { createRoot } from "react-dom/client";
import { AdminConsole } from "../admin/admin-console.tsx";

const place = document.getElementById("console");
if (place === null) throw new Error("cache.html has no #console element");

createRoot(place).render(<AdminConsole />);
