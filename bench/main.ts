// `npm run bench -- NAME [--quick] [--json]`: runs one benchmark, prints it, and fails where a claim does not hold. The garbage
// collector of this process has no helpers, which would hold up
// the load on the one core that is left for it.
import { across } from "./across.ts";
import { cache } from "./cache.ts";
import { check } from "./check.ts";
import { faults } from "./faults.ts";
import { federation } from "./federation.ts";
import { groups } from "./groups.ts";
import { minute } from "./minute.ts";
import { port } from "./port.ts";
import { type Bench, type BenchReport, machine } from "./report.ts";

const benches: Readonly<Record<string, Bench>> = {
  across,
  cache,
  check,
  faults,
  federation,
  groups,
  minute,
  port,
};

const [name = "", ...flags] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  console.error(
    `There is no benchmark ${JSON.stringify(name)}; there are ${Object.keys(benches).join(", ")}.`,
  );
  process.exit(2);
}

const results = await bench({ quick: flags.includes("--quick") });
const report: BenchReport = { name, date: new Date().toISOString(), machine: machine(), ...results };
if (flags.includes("--json")) console.log(JSON.stringify(report, undefined, 2));
else {
  console.log(`${report.name}, ${report.date}, ${report.machine}`);
  console.table(report.rows);
  console.table(report.claims);
}
process.exit(report.claims.every(({ holds }) => holds) ? 0 : 1);
