// Prints `N passed, N failed` of a vitest report and the steps that failed beside it; exits with 1 where any failed.
import { readFileSync } from "node:fs";

const [file, stepsFailed] = process.argv.slice(2);
let report = { numPassedTests: 0, numFailedTests: 0, success: false };
try {
  report = JSON.parse(readFileSync(file, "utf8"));
} catch {
  console.log("The test run left no report.");
}
const failed = Math.max(report.numFailedTests, Number(stepsFailed), report.success ? 0 : 1);
console.log(`${report.numPassedTests} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
