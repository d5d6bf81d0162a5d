// What keeps the quality rules of a product from being run, and its report from being kept.
import { faultTable } from "../../schema/product/fault.ts";

export const testing = faultTable({
  PORT_UNREACHABLE: {
    status: 503,
    audience: "caller",
    text: ({ url, problem }: { url: string; problem: string }) => `No port answers at ${url}: ${problem}.`,
    remedy: "Start it, or name under `run` of weft.yaml the JavaScript file that serves it.",
  },
  PORT_FAILED: {
    status: 503,
    audience: "caller",
    text: ({ run, problem, said }: { run: string; problem: string; said: readonly string[] }) =>
      `${run} serves no port: ${problem}.${said.map((line) => `\n  ${line}`).join("")}\n`,
    remedy: "Correct it: it listens at HOST and PORT of its environment.",
  },
  PORT_FOREIGN: {
    status: 409,
    audience: "caller",
    text: ({ url, found, product }: { url: string; found: string; product: string }) =>
      `${url} is the port of ${found}, and this folder is that of ${product}.`,
    remedy: "Correct `url` of weft.yaml, or end what listens there.",
  },
  REPORT_REFUSED: {
    status: 502,
    audience: "caller",
    text: ({ url, problem }: { url: string; problem: string }) =>
      `The report is not kept by ${url}: ${problem}.`,
    remedy: "Start the gateway with its admin listener, or name the listener with `--admin`.",
  },
  INTERRUPTED: {
    status: 503,
    audience: "caller",
    text: ({ by }: { by: string }) => `The test was ended before it was done: ${by}.`,
    remedy: "Run it again.",
  },
  SECONDS_WRONG: {
    status: 400,
    audience: "caller",
    text: ({ from, given, secondsMax }: { from: string; given: string; secondsMax: number }) =>
      `${from} ${given}: that is no number of seconds from 0 to ${secondsMax}.`,
    remedy: "Give a number, such as 30.",
  },
  RULES_MAX: {
    status: 400,
    audience: "caller",
    text: ({ rules, rulesMax }: { rules: number; rulesMax: number }) =>
      `The product has ${rules} quality rules, and a report has room for ${rulesMax}.`,
    remedy: "Say with one rule what several say.",
  },
});
