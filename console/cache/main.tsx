// Starts the page of the cache.
import "../console.css";
import { createRoot } from "react-dom/client";
import { CachePage } from "./cache-page.tsx";

const place = document.getElementById("console");
if (place === null) throw new Error("cache.html has no #console element");

createRoot(place).render(<CachePage />);
