// Builds the console into dist/console, from where the gateway serves each page at `/` of its listener.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../dist/console",
    emptyOutDir: true,
    // The editor and its JSON worker are large by nature, and load only with the ask page.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      // A page for each listener of the gateway.
      input: ["index.html", "cache.html"].map((page) => new URL(page, import.meta.url).pathname),
      // The editor's packages carry hints to a compiler that has already run over them.
      onLog: (level, log, pass) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") pass(level, log);
      },
    },
  },
});
