// How every command runs: flags and arguments that it does not have are refused, for what is misspelt must not be left out
// silently; and a fault is told without a stack.
import type { ArgsDef, CommandDef } from "citty";
import { Fault } from "../schema/product/fault.ts";
import { commanding } from "./commanding-faults.ts";

export function strictCommand(name: string, command: CommandDef): CommandDef {
  const defined = Object.entries((command.args ?? {}) as ArgsDef);
  const known = new Set(defined.flatMap(([flag]) => [flag, camelCased(flag)]));
  const argumentsMax = defined.filter(([, { type }]) => type === "positional").length;
  return {
    ...command,
    run: async (context) => {
      const given = Object.keys(context.args).filter((flag) => flag !== "_");
      const unknown = given.find((flag) => !known.has(flag));
      const tooMany = context.args._.slice(argumentsMax);
      await endOnFault(async () => {
        if (unknown !== undefined) throw commanding.FLAG_UNKNOWN({ command: name, flag: unknown });
        if (tooMany.length > 0) throw commanding.ARGUMENT_UNKNOWN({ command: name, given: tooMany });
        await command.run?.(context);
      });
    },
  };
}

function camelCased(flag: string): string {
  return flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** A Fault becomes one message on standard error and exit status 1. */
async function endOnFault(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (failure) {
    if (!(failure instanceof Fault)) throw failure;
    console.error(`${failure.code}: ${failure.message}`);
    process.exitCode = 1;
  }
}
