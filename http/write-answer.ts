// The text of an answer, within its limit.
import type { FormattedExecutionResult } from "graphql";
import { errorBody } from "./error-answer.ts";
import { http } from "./http-faults.ts";

/**
 * For Apollo Server's `stringifyResult`: the answer as one line of JSON; one of more than `answerBytesMax` bytes is an
 * error instead of its data, never cut off.
 */
export function writeAnswerWithin(answerBytesMax: number) {
  return (answer: FormattedExecutionResult): string => {
    const text = writeLine(answer);
    if (text !== undefined && Buffer.byteLength(text) <= answerBytesMax) return text;
    return `${JSON.stringify({ ...errorBody(http.ANSWER_MAX({ answerBytesMax })), data: null })}\n`;
  };
}

/** Undefined where the text is longer than a string can be. */
function writeLine(answer: FormattedExecutionResult): string | undefined {
  try {
    return `${JSON.stringify(answer)}\n`;
  } catch (failure) {
    if (failure instanceof RangeError) return undefined;
    throw failure;
  }
}
