// docs/checking.md names every law, trap and kind of change.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hintWords } from "../../schema/check/composition/words.ts";
import { laws } from "../../schema/check/laws.ts";
import { rules } from "../../schema/check/rules.ts";
import { traps } from "../../schema/check/traps.ts";

const page = readFileSync(new URL("../../docs/checking.md", import.meta.url), "utf8");

it.each(
  laws.map(({ name, code, severity }) => [`| \`${name}\` | \`${code}\` | ${severity} |`]),
)("the law %s", (row) => {
  expect(page).toContain(row);
});

it("every kind of change", () => {
  expect(rules.map(({ kind }) => kind).filter((kind) => !page.includes(` ${kind}`))).toEqual([]);
});

it("every trap, and every remark of composition", () => {
  const codes = [...traps.map(({ code }) => code), ...Object.keys(hintWords)];
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});

it("gives each law, trap and rule a name of its own", () => {
  for (const names of [
    laws.map(({ code }) => code),
    traps.map(({ code }) => code),
    rules.map(({ kind }) => kind),
  ])
    expect(new Set(names).size).toBe(names.length);
});
