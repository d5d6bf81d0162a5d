// What a gateway's published schema says of the mesh: its entities, and which names are taken.
import { z } from "zod";
import { askMesh } from "./ask-mesh.ts";
import { initializing } from "./initializing-faults.ts";
import { type KnownMesh, keyFields, type MeshEntity } from "./mesh-entity.ts";

const introspection = `{ __schema {
  queryType { fields { name args { name type { name ofType { name } } } type { name ofType { name } } } }
  types { name kind fields { name } }
} }`;

const named = z.object({
  name: z.string().nullable(),
  ofType: z.object({ name: z.string().nullable() }).nullable(),
});
const answered = z.object({
  __schema: z.object({
    queryType: z.object({
      fields: z.array(
        z.object({
          name: z.string(),
          args: z.array(z.object({ name: z.string(), type: named })),
          type: named,
        }),
      ),
    }),
    types: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        fields: z.array(z.object({ name: z.string() })).nullable(),
      }),
    ),
  }),
});

/** `url` = the gateway's address, with or without `/graphql`. @throws initializing.INIT_MESH */
export async function meshOfGateway(
  url: string,
  options: { readonly signal: AbortSignal },
): Promise<KnownMesh> {
  const endpoint = graphqlOf(url);
  const read = answered.safeParse(await askMesh(endpoint, { query: introspection }, options));
  if (!read.success) throw initializing.INIT_MESH({ mesh: url, problem: "its schema cannot be read" });
  const { queryType, types } = read.data.__schema;
  const roots = new Set(queryType.fields.map(({ name }) => name));
  const fieldsOf = new Map(
    types.map(({ name, fields }) => [name, (fields ?? []).map((field) => field.name)]),
  );
  const entities = queryType.fields.flatMap(({ name, args, type }): MeshEntity[] => {
    const [, collection] = /^(.+)_by_pk$/.exec(name) ?? [];
    const entity = type.name ?? type.ofType?.name;
    const typed = args.map((arg) => ({
      field: arg.name,
      type: arg.type.name ?? arg.type.ofType?.name ?? undefined,
    }));
    const key = keyFields(typed);
    const aggregate = `${collection}_aggregate`;
    if (!collection || !entity || !key || !roots.has(aggregate)) return [];
    const fields = fieldsOf.get(entity) ?? [];
    return [{ name: entity, key, collection, aggregate, fields, url: endpoint, owner: "the mesh" }];
  });
  const ofMesh = (names: Iterable<string>) => new Map([...names].map((name) => [name, "the mesh"]));
  const objects = types.filter(({ kind }) => kind !== "SCALAR").map(({ name }) => name);
  return { entities, types: ofMesh(objects), rootFields: ofMesh(roots), subgraphs: [], configured: [] };
}

/** @throws initializing.INIT_MESH */
function graphqlOf(url: string): string {
  if (!URL.canParse(url)) throw initializing.INIT_MESH({ mesh: url, problem: "it is no URL" });
  const { origin, pathname } = new URL(url);
  return pathname === "/" ? `${origin}/graphql` : url;
}
