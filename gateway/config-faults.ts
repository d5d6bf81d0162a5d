// What can be wrong with the configuration: all of it is found before anything starts.
import { faultTable } from "../schema/product/fault.ts";

export const configuring = faultTable({
  CONFIG_UNREADABLE: {
    status: 500,
    audience: "operator",
    text: ({ file, problem }: { file: string; problem: string }) => `${file} cannot be read: ${problem}.`,
    remedy: "Give the path of a mesh configuration with `--config`.",
  },
  CONFIG_INVALID: {
    status: 500,
    audience: "operator",
    text: ({ problems }: { problems: readonly string[] }) =>
      `The configuration is wrong:\n  ${problems.join("\n  ")}\n`,
    remedy: "Correct these lines; docs/config.md names every key.",
  },
});
