// What `weft/testkit` offers to those who test a port: one that the SDK serves, or any other that speaks the contract.
export {
  type CheckOptions,
  type CheckResult,
  checkPort,
  type PortReport,
  reportText,
} from "./testkit/check-port.ts";
export { describePort, type Runner } from "./testkit/describe-port.ts";
export type { Target } from "./testkit/open-port.ts";
