// SDLs that somebody or something mangled: whatever is in them, a check ends with findings.
import fc from "fast-check";
import { expect, it } from "vitest";
import { airports, checkFlights, flights, head } from "./support/small-mesh.ts";

/** Names, numbers, texts and signs; what stands between them is kept with them. */
const tokens = (head + flights).match(/"""[\s\S]*?"""|"(?:[^"\\]|\\.)*"|[\w@]+|[^\w\s@]|\s+/g) ?? [];

const mangling = fc.array(
  fc.record({
    at: fc.nat({ max: tokens.length - 1 }),
    from: fc.nat({ max: tokens.length - 1 }),
    how: fc.constantFrom("remove", "repeat", "replace", "swap"),
  }),
  { minLength: 1, maxLength: 4 },
);

type Mangling = typeof mangling extends fc.Arbitrary<infer T> ? T : never;

function mangled(steps: Mangling): string {
  const all: string[] = [...tokens];
  for (const { at, from, how } of steps) {
    const [one = "", other = ""] = [all[at], all[from]];
    if (how === "remove") all[at] = "";
    else if (how === "repeat") all[at] = `${one} ${one}`;
    else all[at] = other;
    if (how === "swap") all[from] = one;
  }
  return all.join("");
}

const published = { version: "1.0.0", sdl: head + flights };

it("ends with findings that have words, and throws nothing", () => {
  fc.assert(
    fc.property(mangling, (steps) => {
      const { findings } = checkFlights(mangled(steps), { published, airports: head + airports });
      for (const { code, text, fix, subgraph } of findings) {
        expect(code).toMatch(/^[A-Z_]+$/);
        expect(text).toMatch(/^\S[^\n]*[.!?]$/);
        expect(fix).toMatch(/^\S[^\n]+$/);
        expect(["flights", "airports"]).toContain(subgraph);
      }
    }),
    { seed: 20_261_124, numRuns: 400 },
  );
}, 60_000);
