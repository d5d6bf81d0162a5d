// Saying what a complaint is about: the parts that words for codes are made of.
import type { ComplaintFacts } from "./complaint-facts.ts";

export type Words = { readonly text: string; readonly fix: string };
export type Say = (facts: ComplaintFacts) => Words;

export const what = ({ coordinate }: ComplaintFacts) => coordinate ?? "A definition";
export const both = ({ subgraphs }: ComplaintFacts) => listed(subgraphs);
export const first = ({ subgraphs }: ComplaintFacts) => subgraphs[0] ?? "the subgraph";
/** The part of federation's message after a colon, as a sentence. */
export const reason = ({ message }: ComplaintFacts) =>
  sentence(message.replace(/^On [^:]+, for @\w+\([^)]*\): /, ""));

/** `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2
    ? (names[0] ?? "the subgraphs")
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** One sentence, however long federation's own was. */
export function sentence(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** Federation's own words, with a fix. */
export const ownWords =
  (fix: string): Say =>
  (facts) => ({ text: reason(facts), fix });
