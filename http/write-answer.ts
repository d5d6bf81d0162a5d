// The text of an answer, within its limit.
import type { FormattedExecutionResult } from "graphql";
import { errorBody } from "./error-answer.ts";
import { http } from "./http-faults.ts";

/**
 * For Apollo Server's `stringifyResult`: the answer as JSON; one of more than `answerBytesMax` bytes is an
 * error instead of its data, never cut off.
 */
export function writeAnswerWithin(answerBytesMax: number) {
  return (answer: FormattedExecutionResult): string => {
    const text = write(answer);
    if (text !== undefined && isWithin(text, answerBytesMax)) return text;
    return JSON.stringify({ ...errorBody(http.ANSWER_MAX({ answerBytesMax })), data: null });
  };
}

/** A UTF-16 unit is three bytes at most, so that the bytes of most answers need not be counted. */
function isWithin(text: string, bytesMax: number): boolean {
  return text.length * 3 <= bytesMax || Buffer.byteLength(text) <= bytesMax;
}

/** Undefined where the text is longer than a string can be. */
function write(answer: FormattedExecutionResult): string | undefined {
  try {
    return JSON.stringify(answer);
  } catch (failure) {
    if (failure instanceof RangeError) return undefined;
    throw failure;
  }
}
