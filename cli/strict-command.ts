// A command that refuses flags and arguments which it does not have: what is misspelt must not be left out silently.
import type { ArgsDef, CommandDef } from "citty";
import { commanding } from "./commanding-faults.ts";
import { endOnFault } from "./end-on-fault.ts";

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
