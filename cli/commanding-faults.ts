// What can be wrong with a command line before its command begins.
import { faultTable } from "../schema/product/fault.ts";

const flagOf = (name: string) => (name.length === 1 ? `-${name}` : `--${name}`);

export const commanding = faultTable({
  FLAG_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ command, flag }: { command: string; flag: string }) =>
      `\`weft ${command}\` has no ${flagOf(flag)}.`,
    remedy: "`--help` lists its flags.",
  },
  ARGUMENT_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ command, given }: { command: string; given: readonly string[] }) =>
      `\`weft ${command}\` has no use for ${given.join(" ")}.`,
    remedy: "`--help` tells what it takes.",
  },
});
