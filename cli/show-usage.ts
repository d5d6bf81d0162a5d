// `--help`: of `weft` the commands, a line each; of a command what it does, with examples, then its flags.
import { type ArgsDef, type CommandDef, type CommandMeta, renderUsage } from "citty";

export async function showUsage<Args extends ArgsDef>(
  command: CommandDef<Args>,
  parent?: CommandDef<Args>,
): Promise<void> {
  const meta = (await resolved(command.meta)) ?? {};
  if (parent) {
    const usage = await renderUsage({ ...command, meta: { ...meta, description: "" } }, parent);
    console.log(`${meta.description?.trim()}\n\n${usage.slice(usage.indexOf("\n")).trim()}`);
    return;
  }
  const commands = Object.entries((await resolved(command.subCommands)) ?? {});
  const width = Math.max(...commands.map(([name]) => name.length));
  const lines = await Promise.all(
    commands.map(async ([name, each]) => `  ${name.padEnd(width)}  ${summary(await metaOf(each))}`),
  );
  const { name, version, description } = meta;
  console.log(
    `${description}\n\n${lines.join("\n")}\n\n${name} ${version}. \`${name} COMMAND --help\` tells more.`,
  );
}

async function metaOf(command: unknown): Promise<CommandMeta> {
  const { meta } = (await resolved(command)) as CommandDef;
  return (await resolved(meta)) ?? {};
}

function summary({ description = "" }: CommandMeta): string {
  return description.split("\n")[0] ?? "";
}

/** What citty takes as it is, as a promise or as a function of either. */
async function resolved<T>(value: T | Promise<T> | (() => T | Promise<T>)): Promise<T> {
  return typeof value === "function" ? (value as () => T | Promise<T>)() : value;
}
