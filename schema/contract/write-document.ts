// Writes a contract or a descriptor: from nothing, or into what the team has written.
import { Document, LineCounter, parseDocument } from "yaml";
import { isObject } from "../product/is-object.ts";
import { generating } from "./generating-faults.ts";
import { type Facts, mergeFacts } from "./merge-yaml.ts";

export type Written = {
  readonly text: string;
  /** What was put in, changed or removed, one line each; [] = the text is as it was. */
  readonly changes: readonly string[];
};

/** What is left to the team of a new document. */
export type Head = {
  /** Lines of the comment at its head. */
  readonly comment: string;
};

/**
 * A text that is in step stays as it is, letter by letter; in one that is not, what is between the values may be laid out anew.
 * @throws generating.DOCUMENT_UNREADABLE
 */
export function writeDocument(facts: Facts, existing: string | undefined, { comment }: Head): Written {
  const present = existing === undefined || existing.trim() === "" ? undefined : readPresent(existing);
  const document = present ?? new Document({});
  if (!present) document.commentBefore = comment;
  const changes = mergeFacts(document, facts);
  if (changes.length === 0 && existing !== undefined) return { text: existing, changes };
  // Lists of a text that begins them at their key's column go on doing so.
  const indentSeq = !present || !/^\w[^\n]*:\s*\n- /m.test(existing ?? "");
  return { text: document.toString({ lineWidth: 0, indentSeq, flowCollectionPadding: false }), changes };
}

/** What stands at the top of a text; nothing where there is none. @throws generating.DOCUMENT_UNREADABLE */
export function presentKeys(existing: string | undefined): Readonly<Record<string, unknown>> {
  const value: unknown = existing === undefined ? undefined : readPresent(existing).toJS();
  return isObject(value) ? value : {};
}

/** @throws generating.DOCUMENT_UNREADABLE */
function readPresent(existing: string): Document.Parsed {
  const lines = new LineCounter();
  const document = parseDocument(existing, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (!error) return document;
  const { line, col } = lines.linePos(error.pos[0]);
  throw generating.DOCUMENT_UNREADABLE(
    { line, column: col, problem: error.message.replace(/\.$/, "") },
    error,
  );
}
