// Starts the console in the page.
import "./console.css";
import { createRoot } from "react-dom/client";
import { Console } from "./console.tsx";

const place = document.getElementById("console");
if (place === null) throw new Error("index.html has no #console element");

createRoot(place).render(<Console />);
