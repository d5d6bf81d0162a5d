// The order in which test files are run: those that take long begin first, so that no worker is left alone with one at the end.
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** By what they took on two cores; the rest goes by size, as usual. */
const longest: readonly string[] = [
  "test/golden/trade.test.ts",
  "test/init/minute.test.ts",
  "test/testkit/port.test.ts",
  "test/check/",
  "test/across/random.test.ts",
  "test/testkit/broken-port.test.ts",
  "test/mesh/supervisor.test.ts",
  "test/sdk/random.test.ts",
  "test/remember/chaos.test.ts",
  "test/remember/remembering.test.ts",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.includes(name));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
