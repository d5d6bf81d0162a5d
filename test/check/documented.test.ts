// docs/checking.md names every law, trap and kind of change; every code of federation has words.
import { readFileSync } from "node:fs";
import { ERRORS } from "@apollo/federation-internals";
import { expect, it } from "vitest";
import { hintWords } from "../../schema/check/composition/hint-words.ts";
import { words } from "../../schema/check/composition/words.ts";
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

it("has words for every code of federation's that composition can raise", () => {
  const elsewhere = ["SATISFIABILITY_ERROR", "INVALID_FEDERATION_SUPERGRAPH", "DOWNSTREAM_SERVICE_ERROR"];
  const codes = Object.values(ERRORS).map(({ code }) => code);
  expect(codes.filter((code) => !Object.hasOwn(words, code))).toEqual(elsewhere);
  const own = ["COMPOSITION_STOPPED"];
  expect(Object.keys(words).filter((code) => !codes.includes(code))).toEqual(own);
});

it("gives each law, trap and rule a name of its own", () => {
  for (const names of [
    laws.map(({ code }) => code),
    traps.map(({ code }) => code),
    rules.map(({ kind }) => kind),
  ])
    expect(new Set(names).size).toBe(names.length);
});
