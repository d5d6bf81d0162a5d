// `weft explain`: how a gateway that runs answers a question.
import { readFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { isObject } from "../schema/product/is-object.ts";
import { explaining } from "./explaining-faults.ts";
import { reasonOf } from "./reason-of.ts";

/** Exit status where the gateway told errors; 1 is for what fails before it is asked. */
const askedInVain = 2;

export const explainCommand = defineCommand({
  meta: {
    name: "explain",
    description: `Show how a gateway that runs answers the question in FILE.

  weft explain question.graphql                          the plan; no subgraph is asked
  weft explain question.graphql --analyze                ask it: rows, requests, bytes and milliseconds
  weft explain question.graphql --variables values.json --json | jq .tree

Exit status: 0 explained, 1 no file or no gateway, 2 the gateway found errors.

`,
  },
  args: {
    file: {
      type: "positional",
      required: true,
      description: "GraphQL document; - = standard input.",
      valueHint: "FILE",
    },
    variables: { type: "string", description: "JSON object of variables.", valueHint: "FILE" },
    operation: { type: "string", description: "One of several operations.", valueHint: "NAME" },
    analyze: { type: "boolean", description: "Ask the question, and count what it comes to." },
    json: { type: "boolean", description: "Print `{ text, tree }` as JSON." },
    url: {
      type: "string",
      description: "The gateway's GraphQL.",
      default: `http://127.0.0.1:${process.env.WEFT_PORT || 4000}/graphql`,
      valueHint: "URL",
    },
  },
  run: async ({ args }) => {
    const { url, json } = args;
    const explain = args.analyze ? "analyze" : "plan";
    const query = await readText(args.file);
    const variables = args.variables === undefined ? {} : await readVariables(args.variables);
    const operationName = args.operation ? { operationName: args.operation } : {};
    const answer = await ask(url, { query, variables, ...operationName, extensions: { explain } });
    for (const { message } of answer.errors ?? []) console.error(message);
    if (answer.errors) process.exitCode = askedInVain;
    const explanation = answer.extensions?.explain;
    if (explanation) console.log(json ? JSON.stringify(explanation, undefined, 2) : explanation.text);
  },
});

type Answer = {
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: { readonly explain?: { readonly text: string; readonly tree: unknown } };
};

async function ask(url: string, question: object): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "x-client-name": "weft-explain",
      },
      body: JSON.stringify(question),
    });
    const answer = await response.json();
    if (!isObject(answer)) throw new TypeError("what answers is no GraphQL");
    return answer;
  } catch (cause) {
    throw explaining.GATEWAY_UNREACHABLE({ url, problem: reasonOf(cause) }, cause);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file === "-" ? "/dev/stdin" : file, "utf8");
  } catch (cause) {
    throw explaining.FILE_UNREADABLE({ file, problem: reasonOf(cause) }, cause);
  }
}

async function readVariables(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(file);
  try {
    const variables: unknown = JSON.parse(text);
    if (!isObject(variables)) throw new TypeError("it is no JSON object");
    return variables;
  } catch (cause) {
    throw explaining.FILE_UNREADABLE({ file, problem: reasonOf(cause) }, cause);
  }
}
