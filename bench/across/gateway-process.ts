// A gateway that plans with chosen rules: `gateway-process.ts MESH_FILE RULES`.
import { spoken } from "../../gateway/federation/compose-thread.ts";
import { startGateway } from "../../gateway/main.ts";
import { readConfig } from "../../gateway/read-config.ts";
import { askedToEnd } from "../../http/listen.ts";
import { compose } from "../../schema/compose/compose.ts";
import { type ChosenRules, chosenRules } from "./chosen-rules.ts";

const [file = "", rules] = process.argv.slice(2) as [string, ChosenRules];
const composeHere = async (...args: Parameters<typeof compose>) => spoken(compose(...args));
const gateway = await startGateway(
  { observe: () => {}, compose: composeHere, rules: chosenRules(rules) },
  await readConfig(file),
  { kind: "mesh" },
);
console.log(`listening at ${gateway.url}/graphql`);
await askedToEnd();
await gateway[Symbol.asyncDispose]();
