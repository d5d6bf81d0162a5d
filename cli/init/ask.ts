// Asks the person at the terminal. The only importer of @clack/prompts.
import { confirm, isCancel, select, text } from "@clack/prompts";
import { initializing } from "./initializing-faults.ts";

/** Each answer has a default; @throws initializing.INIT_ENDED where the person ends it. */
export type Ask = {
  readonly text: (question: string, standard: string | undefined) => Promise<string>;
  readonly choice: (question: string, choices: readonly string[]) => Promise<string>;
  readonly yes: (question: string, standard: boolean) => Promise<boolean>;
};

export const askTerminal: Ask = {
  text: async (message, standard) => {
    const validate = (value: string | undefined) => (value?.trim() ? undefined : "It cannot be empty.");
    const given = standard === undefined ? { validate } : { placeholder: standard, defaultValue: standard };
    return answer(await text({ message, ...given })).trim();
  },
  choice: async (message, choices) =>
    answer(await select({ message, options: choices.map((value) => ({ value })) })),
  yes: async (message, standard) => answer(await confirm({ message, initialValue: standard })),
};

function answer<T>(given: T): Exclude<T, symbol> {
  if (isCancel(given)) throw initializing.INIT_ENDED({});
  return given as Exclude<T, symbol>;
}
