// Loads a subgraph's SDL: from its `_service { sdl }`, or from a file.
import { readFile } from "node:fs/promises";
import { type Dispatcher, request } from "undici";
import { z } from "zod";
import { registry } from "./registry-faults.ts";

export type SdlSource = { readonly name: string; readonly url: string; readonly sdl?: string | undefined };

const answer = z.object({ data: z.object({ _service: z.object({ sdl: z.string().min(1) }) }) });

/**
 * The SDL as it stands now. The dispatcher bounds the answer's size.
 * @throws registry.SUBGRAPH_UNREACHABLE, registry.SDL_FILE
 */
export async function loadSdl(
  { dispatcher }: { readonly dispatcher: Dispatcher },
  { name, url, sdl: file }: SdlSource,
  { signal }: { readonly signal: AbortSignal },
): Promise<string> {
  if (file !== undefined)
    try {
      return await readFile(file, { encoding: "utf8", signal });
    } catch (cause) {
      throw registry.SDL_FILE({ subgraph: name, file, problem: (cause as Error).message }, cause);
    }
  const refuse = (problem: string, cause?: unknown) =>
    registry.SUBGRAPH_UNREACHABLE({ subgraph: name, url, problem }, cause);
  let text: string;
  try {
    const { statusCode, body } = await request(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: "{ _service { sdl } }" }),
      signal,
      dispatcher,
    });
    text = await body.text();
    if (statusCode !== 200) throw new Error(`it answers with status ${statusCode}`);
  } catch (cause) {
    throw refuse((cause as Error).message || (cause as { code?: string }).code || "no answer", cause);
  }
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) throw refuse("its answer to `{ _service { sdl } }` holds no SDL");
  return parsed.data.data._service.sdl;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
