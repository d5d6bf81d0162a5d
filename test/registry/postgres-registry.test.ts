// The registry in PostgreSQL: what every registry does, and what only a server can do wrong.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { openPostgresRegistry } from "../../schema/registry/postgres-registry.ts";
import { draftOf, options, publish } from "./support/drafts.ts";
import { describeRegistry } from "./support/registry-contract.ts";

const serverUrl = inject("postgresUrl");

async function ask(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

/** In a database of its own. */
async function open() {
  const name = `weft_registry_${randomBytes(6).toString("hex")}`;
  await ask(serverUrl, `create database ${name} template template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const registry = openPostgresRegistry(url.href);
  return {
    name,
    url: url.href,
    registry,
    again: () => openPostgresRegistry(url.href),
    [Symbol.asyncDispose]: async () => {
      await registry[Symbol.asyncDispose]();
      await ask(serverUrl, `drop database ${name} with (force)`);
    },
  };
}

describeRegistry(open);

describe("a server", () => {
  it("is named without who logs in", async () => {
    await using registry = openPostgresRegistry("postgres://ada:secret@db.example.org:5433/mesh");
    expect(registry.place).toBe("postgres://db.example.org:5433/mesh");
  });

  it("that is down is a fault that names it, and no secret", async () => {
    await using registry = openPostgresRegistry("postgres://ada:secret@127.0.0.1:1/mesh");
    const fault = await registry.head("current", options).catch((failure) => failure);
    expect(fault).toMatchObject({ code: "REGISTRY_UNREACHABLE" });
    expect(fault.message).toContain("postgres://127.0.0.1:1/mesh");
    expect(fault.message).not.toContain("secret");
  });

  it("whose connections are cut is asked again by new ones", async () => {
    await using opened = await open();
    const { registry, name } = opened;
    await publish(registry, "a", "1.0.0");
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`;
    await ask(opened.url, cut);
    await publish(registry, "a", "1.1.0").catch(() => publish(registry, "a", "1.1.0"));
    expect((await registry.head("current", options))?.products.a?.version).toBe("1.1.0");
  });

  it("needs no more of a gateway than to read the tables", async () => {
    await using opened = await open();
    await publish(opened.registry, "a", "1.0.0");
    const role = `reader_${randomBytes(6).toString("hex")}`;
    await ask(
      opened.url,
      `create role ${role} login password 'x';
       grant usage on schema weft_registry to ${role};
       grant select on all tables in schema weft_registry to ${role}`,
    );
    try {
      const url = new URL(opened.url);
      url.username = role;
      url.password = "x";
      await using reader = openPostgresRegistry(url.href);
      expect((await reader.head("current", options))?.number).toBe(1);
      expect((await reader.version("a", "1.0.0", options))?.name).toBe("a");
      await expect(publish(reader, "b", "1.0.0")).rejects.toMatchObject({ code: "REGISTRY_UNREACHABLE" });
    } finally {
      await ask(opened.url, `drop owned by ${role}; drop role ${role}`);
    }
  });
});

describe("rows that others changed", () => {
  it("a newest revision that is broken is told, and the one after it takes its place", async () => {
    await using opened = await open();
    const { registry, url } = opened;
    const first = await publish(registry, "a", "1.0.0");
    await ask(url, `insert into weft_registry.revision values ('current', 2, now(), 'me', '{}', '{}')`);
    await expect(registry.head("current", options)).rejects.toMatchObject({ code: "REVISION_BROKEN" });
    expect(await registry.history("current", { ...options, limit: 10 })).toEqual([first]);
    const third = await registry.append(draftOf(first, "b", "1.0.0", { after: 2 }), options);
    expect(await registry.head("current", options)).toEqual(third);
  });
});

describe("a transaction that breaks off", () => {
  it("leaves neither version nor revision", async () => {
    await using opened = await open();
    const { registry, url } = opened;
    await publish(registry, "a", "1.0.0");
    const refuse = `create function weft_registry.refuse() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$;
      create trigger refuse before insert on weft_registry.revision for each row execute function weft_registry.refuse()`;
    await ask(url, refuse);
    await expect(publish(registry, "b", "1.0.0")).rejects.toThrow("disk full");
    expect(await registry.version("b", "1.0.0", options)).toBeUndefined();
    await ask(url, "drop trigger refuse on weft_registry.revision");
    expect((await publish(registry, "b", "1.0.0")).number).toBe(2);
  });
});
