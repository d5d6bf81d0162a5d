// `weft invalidate`: makes the gateways forget what they remember of a product, of some of its entities, or at all.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { defineCommand } from "citty";
import { signWebhook } from "../http/webhook-signature.ts";
import { isObject } from "../schema/product/is-object.ts";
import { explaining } from "./explaining-faults.ts";
import { invalidating } from "./invalidating-faults.ts";
import { reasonOf } from "./reason-of.ts";

/** Exit status where the gateway refused; 1 is for what fails before it is asked. */
const refused = 2;

export const invalidateCommand = defineCommand({
  meta: {
    name: "invalidate",
    description: `Make the gateway forget what it remembers.

  weft invalidate --product airports                                            a product, wholly
  weft invalidate --product airports --entity Airport --key '{"iata":"SFO"}'    some of its entities: several --key
  weft invalidate --all                                                         everything

Gateways with one Redis forget together. One that remembers in its own memory is asked by itself.
The request is signed with the secret in --secret-file or WEFT_EVENTS_SECRET; a gateway without secrets takes it from its own host.

Exit status: 0 forgotten, 1 nothing was asked, 2 the gateway refused.

`,
  },
  args: {
    all: { type: "boolean", description: "Everything." },
    product: { type: "string", description: "Id of a product.", valueHint: "ID" },
    entity: { type: "string", description: "Entity of the product.", valueHint: "NAME" },
    key: {
      type: "string",
      description: "Primary key as a JSON object; may be given more than once.",
      valueHint: "JSON",
    },
    gateway: {
      type: "string",
      description: "The gateway.",
      default: `http://127.0.0.1:${process.env.WEFT_PORT || 4000}`,
      valueHint: "URL",
    },
    "secret-file": { type: "string", description: "File whose first line is the secret.", valueHint: "FILE" },
    json: { type: "boolean", description: "Print what was forgotten as JSON." },
  },
  run: async ({ args, rawArgs }) => {
    const wanted = wantedBy(args, keysIn(rawArgs));
    const secret = await readSecret(args["secret-file"]);
    const problems = await ask(new URL("/events/invalidate", gatewayUrl(args.gateway)).href, wanted, secret);
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = refused;
    else console.log(args.json ? JSON.stringify({ invalidated: wanted }) : `forgotten: ${inWords(wanted)}`);
  },
});

type Wanted = {
  readonly all?: true;
  readonly product?: string;
  readonly entity?: string;
  readonly keys?: readonly object[];
};

type Flags = {
  readonly all?: boolean | undefined;
  readonly product?: string | undefined;
  readonly entity?: string | undefined;
};

/** @throws invalidating.INVALIDATE_WHAT */
function wantedBy({ all, product, entity }: Flags, keys: readonly string[]): Wanted {
  const wrong = (problem: string) => invalidating.INVALIDATE_WHAT({ problem });
  if (all && (product !== undefined || entity !== undefined || keys.length > 0))
    throw wrong("--all leaves nothing to name");
  if (all) return { all };
  if (!product) throw wrong("there is neither --product nor --all");
  if (!entity && keys.length === 0) return { product };
  if (!entity) throw wrong("--key needs --entity");
  if (keys.length === 0) throw wrong("--entity needs --key");
  return { product, entity, keys: keys.map(parseKey) };
}

function parseKey(text: string): object {
  try {
    const key: unknown = JSON.parse(text);
    if (isObject(key)) return key;
  } catch {}
  throw invalidating.INVALIDATE_WHAT({ problem: `--key ${text} is no JSON object` });
}

/** All of them: the command line's reader keeps the last of a flag. */
function keysIn(rawArgs: readonly string[]): readonly string[] {
  const options = {
    key: { type: "string", multiple: true },
    ...Object.fromEntries(
      ["product", "entity", "gateway", "secret-file"].map((name) => [name, { type: "string" } as const]),
    ),
  } as const;
  const { values } = parseArgs({ args: [...rawArgs], options, strict: false });
  return (values.key ?? []).filter((key) => typeof key === "string");
}

/** @throws invalidating.SECRET_UNUSABLE */
async function readSecret(file: string | undefined): Promise<string | undefined> {
  const from = file ?? "WEFT_EVENTS_SECRET";
  const unusable = (problem: string, cause?: unknown) =>
    invalidating.SECRET_UNUSABLE({ from, problem }, cause);
  const text =
    file === undefined
      ? process.env.WEFT_EVENTS_SECRET
      : await readFile(file, "utf8").catch((cause: Error) => {
          throw unusable(cause.message, cause);
        });
  if (text === undefined || (file === undefined && text === "")) return undefined;
  const secret = text.split("\n")[0]?.trim() ?? "";
  if (!/^whsec_[A-Za-z0-9+/]+=*$/.test(secret)) throw unusable("its first line is not `whsec_` and base64");
  return secret;
}

/** What the gateway has against it: nothing where it is done. @throws explaining.GATEWAY_UNREACHABLE */
async function ask(url: string, wanted: Wanted, secret: string | undefined): Promise<readonly string[]> {
  const body = Buffer.from(JSON.stringify(wanted));
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(secret && signed(body, secret)) },
      body,
    });
    if (response.status === 204) return [];
    const answer: unknown = await response.json();
    if (!isObject(answer) || !Array.isArray(answer.errors)) throw new TypeError("what answers is no gateway");
    return answer.errors.map(({ message }: { message: string }) => message);
  } catch (cause) {
    throw explaining.GATEWAY_UNREACHABLE({ url, problem: reasonOf(cause) }, cause);
  }
}

function signed(body: Uint8Array, secret: string): Readonly<Record<string, string>> {
  const stamp = { id: `msg_${randomUUID()}`, timestamp: String(Math.floor(Date.now() / 1000)) };
  return {
    "webhook-id": stamp.id,
    "webhook-timestamp": stamp.timestamp,
    "webhook-signature": signWebhook(stamp, body, secret),
  };
}

/** @throws explaining.GATEWAY_UNREACHABLE */
function gatewayUrl(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw explaining.GATEWAY_UNREACHABLE({ url: text, problem: "it is no URL" });
}

function inWords({ all, product, entity, keys }: Wanted): string {
  if (all) return "everything";
  return keys ? `${keys.length} of ${entity} of product ${product}` : `product ${product}`;
}
