// The order in which test files are run: those that take long begin first, so that no worker is left alone with one at the end.
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** By what they took on two cores; the rest goes by size, as usual. */
const longest: readonly string[] = [
  "test/golden/trade.test.ts",
  "test/init/minute.test.ts",
  "test/across/random.test.ts",
  "test/sdk/random.test.ts",
  "test/testkit/port.test.ts",
  "test/contract/commands.test.ts",
  "test/testkit/broken-port.test.ts",
  "test/check/",
  "test/remember/chaos.test.ts",
  "test/remember/remembering.test.ts",
  "test/mesh/supervisor.test.ts",
];

/** A process that takes a file of another project ends, and what it has loaded with it: those of one project go together. */
const projects: readonly string[] = ["postgres", "alone", "parts", "mesh"];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.includes(name));
      return projects.indexOf(project.name) * (longest.length + 1) + (place < 0 ? longest.length : place);
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
