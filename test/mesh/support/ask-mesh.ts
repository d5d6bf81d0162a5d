// Asks the demo mesh, as any caller would.
import { inject } from "vitest";
import { askGateway, type GatewayAnswer, type Question } from "../../gateway/support/test-gateway.ts";

export function answerOf(question: string | Question): Promise<GatewayAnswer> {
  return askGateway(inject("meshUrl"), question);
}

/** The data of an answer that must have no errors. */
export async function askMesh(question: string | Question): Promise<GatewayAnswer["data"]> {
  const { data, text } = await answerOf(question);
  if (text.startsWith('{"errors"') || data === undefined) throw new Error(text);
  return data;
}
