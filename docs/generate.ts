// Writes docs/errors.md and docs/config.md from the code. `npm run docs`; a test checks that they are up to date.
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { caching } from "../cache/caching-faults.ts";
import { checking } from "../cli/check/checking-faults.ts";
import { commanding } from "../cli/commanding-faults.ts";
import { documenting } from "../cli/contract/documenting-faults.ts";
import { developing } from "../cli/dev/developing-faults.ts";
import { explaining } from "../cli/explaining-faults.ts";
import { initializing } from "../cli/init/initializing-faults.ts";
import { invalidating } from "../cli/invalidating-faults.ts";
import { opening } from "../cli/product/folder-faults.ts";
import { meshing } from "../cli/product/mesh-faults.ts";
import { publishing } from "../cli/publish/publishing-faults.ts";
import { testing } from "../cli/test/testing-faults.ts";
import { configSchema } from "../gateway/config.ts";
import { configuring } from "../gateway/config-faults.ts";
import { executing } from "../gateway/execute/executing-faults.ts";
import { federating } from "../gateway/federation/federation-faults.ts";
import { fetching } from "../gateway/fetch/fetching-faults.ts";
import { operating } from "../gateway/operation/operation-faults.ts";
import { policing } from "../gateway/policy/policy-faults.ts";
import { remembering } from "../gateway/remember/remembering-faults.ts";
import { administering } from "../gateway/server/admin-faults.ts";
import { taking } from "../gateway/server/event-faults.ts";
import { keeping } from "../gateway/use/keeping-faults.ts";
import { http } from "../http/http-faults.ts";
import { composing } from "../schema/compose/composing-faults.ts";
import { generating } from "../schema/contract/generating-faults.ts";
import { asking } from "../schema/product/asking-faults.ts";
import type { FaultMaker } from "../schema/product/fault.ts";
import { addressing } from "../schema/registry/address-faults.ts";
import { registering } from "../schema/registry/registering-faults.ts";
import { registry } from "../schema/registry/registry-faults.ts";
import { announcing } from "../sdk/changes/changes-faults.ts";
import { introspecting } from "../sdk/introspect/introspecting-faults.ts";
import { defining } from "../sdk/product-faults.ts";
import { port } from "../sdk/sql/port-faults.ts";

type Chapter = { readonly title: string; readonly table: Readonly<Record<string, unknown>> };

const chapters: readonly Chapter[] = [
  { title: "The HTTP request", table: http },
  { title: "The operation", table: operating },
  { title: "Policy", table: policing },
  { title: "The question", table: asking },
  { title: "A port's answer", table: port },
  { title: "Between the gateway and a subgraph", table: fetching },
  { title: "The cache", table: caching },
  { title: "Change events", table: taking },
  { title: "Shared answers", table: remembering },
  { title: "The admin listener", table: administering },
  { title: "Quality reports that the gateway keeps", table: keeping },
  { title: "While a plan runs", table: executing },
  { title: "The supergraph", table: federating },
  { title: "Loading a subgraph's SDL", table: registry },
  { title: "The registry", table: registering },
  { title: "Registered addresses", table: addressing },
  { title: "Composing the mesh", table: composing },
  { title: "Defining a product", table: defining },
  { title: "Announcing changes", table: announcing },
  { title: "The gateway's configuration", table: configuring },
  { title: "The command line", table: { ...commanding, ...explaining } },
  { title: "`weft invalidate`", table: invalidating },
  { title: "A product's folder", table: opening },
  { title: "Reading a table", table: introspecting },
  { title: "`weft init`", table: initializing },
  { title: "`weft dev`", table: developing },
  { title: "The mesh of a product", table: meshing },
  { title: "`weft check`, `weft diff`, `weft compose`", table: checking },
  { title: "`weft publish`, `weft rollback`, `weft retire`", table: publishing },
  { title: "Contracts and descriptors", table: generating },
  { title: "`weft contract`", table: documenting },
  { title: "`weft test`", table: testing },
];

/** docs/errors.md: every code, by the module that raises it. */
export function errorsPage(): string {
  const sections = chapters.map(({ title, table }) => {
    const rows = Object.entries(table).map(([code, make]) => {
      const { status, audience, text, remedy } = (make as FaultMaker).spec;
      return `| \`${code}\` | ${status} | ${audience} | ${cell(text(placeholders as never))} | ${cell(remedy)} |`;
    });
    return `## ${title}\n\n| code | status | audience | what it says | what to do |\n|---|---|---|---|---|\n${rows.join("\n")}\n`;
  });
  return `# Errors

Generated from the code by \`npm run docs\`.

An error of a question stands in \`errors[].extensions.code\` of the GraphQL answer, with the facts beside it. The status is
the HTTP status where the error is the whole answer. For the audience "operator" the caller sees the code alone and the rest
stands in the log. Codes never change their meaning.

${sections.join("\n")}`;
}

/** Facts as they stand in the page: each by its name. */
const placeholders = new Proxy({}, { get: (_, fact) => [`‹${String(fact)}›`] });

function cell(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replaceAll("\n", " ")
    .replace(/\["(‹\w+›)"\]/g, "$1")
    .trim();
}

type JsonSchema = {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
};

/** docs/config.md: every key of mesh.yaml. */
export function configPage(): string {
  const root = z.toJSONSchema(configSchema, { io: "input" }) as JsonSchema;
  const sections = Object.entries(root.properties ?? {}).map(([name, section]) => {
    const { properties = {}, required = [] } = section.items ?? section;
    const rows = Object.entries(properties).map(([key, { type, description, default: value }]) => {
      const standard =
        value === undefined ? (required.includes(key) ? "required" : "") : `\`${JSON.stringify(value)}\``;
      return `| \`${key}\` | ${type} | ${standard} | ${cell(description ?? "")} |`;
    });
    const form = section.items ? " A list." : "";
    return `## ${name}\n\n${section.description ?? ""}${form}\n\n| key | type | default | meaning |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  });
  return `# Configuration

Generated from the code by \`npm run docs\`.

The gateway reads \`mesh.yaml\`, or the file named by \`--config\`. A key that is not listed here keeps it from starting.
Paths are relative to that file.
\`WEFT_PORT\` in the environment is the port that \`weft up\` gives the gateway.

${sections.join("\n")}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await writeFile(new URL("errors.md", import.meta.url), errorsPage());
  await writeFile(new URL("config.md", import.meta.url), configPage());
}
