// A port that the SDK did not make: what it declares is asked, nothing else; and what it declares wrongly is found.
import { expect, it } from "vitest";
import { checkPort, reportText } from "weft/testkit";
import { type LibraryFault, libraryFaults, libraryPort } from "./library-port.ts";

it("a port made by hand passes with what little it declares", async () => {
  await using port = await libraryPort();
  const report = await checkPort(port);
  expect(report.passed, reportText(report)).toBe(true);
  const asked = report.checks.filter(({ detail }) => !detail?.startsWith("Not asked"));
  expect(
    asked.filter(({ collection }) => collection === "books").map(({ name }) => name),
    reportText(report),
  ).toEqual(
    expect.arrayContaining([
      "declaration",
      "filter-operators",
      "filter-logic",
      "injection",
      "entities",
      "limits",
    ]),
  );
  expect(asked.map(({ name }) => name)).not.toContain("order");
});

it.each(
  Object.entries(libraryFaults) as [LibraryFault, string][],
)("where %s, %s fails", async (fault, finds) => {
  await using port = await libraryPort(fault);
  const report = await checkPort(port, { only: [finds] });
  const failed = report.checks.filter(({ passed }) => !passed).map(({ name }) => name);
  expect(failed, reportText(report)).toContain(finds);
});
