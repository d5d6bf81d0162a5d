// Asks a gateway by GET: each part of the question is a parameter of the URL.
import type { AskOptions, Question } from "./test-gateway.ts";

export type GetAnswer = { readonly status: number; readonly headers: Headers; readonly text: string };

export async function getQuestion(
  origin: string,
  question: string | Partial<Question>,
  { headers = {} }: AskOptions = {},
): Promise<GetAnswer> {
  const parts = typeof question === "string" ? { query: question } : question;
  const search = new URLSearchParams(
    Object.entries(parts).map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  const response = await fetch(`${origin}/graphql?${search}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
