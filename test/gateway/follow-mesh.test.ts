// Following the mesh, with fakes at its ports: what is served when, and what the status says about it.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { ComposedElsewhere } from "../../gateway/federation/compose-thread.ts";
import {
  type FollowDependencies,
  type FollowOptions,
  followMesh,
  type MeshEvent,
} from "../../gateway/federation/follow-mesh.ts";
import type { Supergraph } from "../../gateway/federation/supergraph.ts";
import type { Mesh } from "../../schema/product/mesh.ts";
import { registry } from "../../schema/registry/registry-faults.ts";

const noMesh: Mesh = { entities: new Map(), collections: new Map() };

/** What a subgraph does when it is asked for its SDL. */
type Says = string | "down" | "hangs";

type Options = FollowOptions & {
  readonly remembered: ReadonlyMap<string, string>;
  readonly overrides: Partial<FollowDependencies>;
};

/** A mesh of subgraphs whose words a test changes as it goes; a supergraph is the SDLs that it is made of. */
function openMesh(says: Record<string, Says>, options: Partial<Options> = {}) {
  const events: MeshEvent[] = [];
  const compositions: string[] = [];
  const announced: string[] = [];
  const kept: ReadonlyMap<string, string>[] = [];
  const loads = { running: 0 };
  const subgraphs = Object.keys(says).map((name) => ({ name, url: `http://${name}/graphql` }));

  const loadSdl: FollowDependencies["loadSdl"] = async ({ name, url }, { signal }) => {
    const said = says[name];
    loads.running += 1;
    try {
      if (said === "hangs") await sleep(60_000, undefined, { signal });
      if (said === "down" || said === undefined) throw new Error("refused");
      return said;
    } catch (cause) {
      throw registry.SUBGRAPH_UNREACHABLE({ subgraph: name, url, problem: "refused" }, cause);
    } finally {
      loads.running -= 1;
    }
  };
  const compose: FollowDependencies["compose"] = async (parts): Promise<ComposedElsewhere> => {
    const supergraphSdl = parts.map(({ name, sdl }) => `${name}:${sdl}`).join(" ");
    compositions.push(supergraphSdl);
    await sleep(5);
    return supergraphSdl.includes("bad")
      ? { kind: "refused", problems: [`${supergraphSdl} does not compose`] }
      : { kind: "composed", supergraphSdl, mesh: noMesh };
  };

  const mesh = followMesh(
    {
      loadSdl,
      compose,
      open: async (sdl) => ({ id: sdl, sdl }) as Supergraph,
      memory: {
        recall: async () => options.remembered ?? new Map(),
        keep: async (sdls) => void kept.push(sdls),
      },
      announce: async ({ sdl }) => void announced.push(sdl),
      observe: (event) => events.push(event),
      ...options.overrides,
    },
    subgraphs,
    {
      pollIntervalMs: options.pollIntervalMs ?? 5,
      sdlTimeoutMs: options.sdlTimeoutMs ?? 1_000,
      ...(options.pollIntervalMsOf && { pollIntervalMsOf: options.pollIntervalMsOf }),
    },
  );
  return {
    says,
    events,
    compositions,
    announced,
    kept,
    loads,
    mesh,
    serves: (sdl: string) => vi.waitFor(() => expect(mesh.current()?.sdl).toBe(sdl), { interval: 2 }),
    statuses: () =>
      mesh.status().subgraphs.map(({ name, status, reason }) => `${name} ${status} ${reason ?? ""}`.trim()),
    kinds: () => events.map(({ kind }) => kind),
    [Symbol.asyncDispose]: () => mesh[Symbol.asyncDispose](),
  };
}

describe("a mesh that starts", () => {
  it("is there at once, and says that nobody has been looked at", async () => {
    await using followed = openMesh({ a: "1", b: "1" });
    expect(followed.mesh.current()).toBeUndefined();
    expect(followed.statuses()).toEqual(["a missing NOT_LOOKED_AT_YET", "b missing NOT_LOOKED_AT_YET"]);
  });

  it("serves nothing while all are down, and says why", async () => {
    await using followed = openMesh({ a: "down", b: "down" });
    await vi.waitFor(() =>
      expect(followed.statuses()).toEqual([
        "a missing SUBGRAPH_UNREACHABLE",
        "b missing SUBGRAPH_UNREACHABLE",
      ]),
    );
    await sleep(50);
    expect(followed.mesh.current()).toBeUndefined();
    expect(followed.compositions).toEqual([]);
    expect(followed.kinds()).toEqual(["subgraph.lost", "subgraph.lost"]);
  });

  it("serves all once all are up, after one composition", async () => {
    await using followed = openMesh({ a: "1", b: "1", c: "1" });
    await followed.serves("a:1 b:1 c:1");
    expect(followed.compositions).toEqual(["a:1 b:1 c:1"]);
    expect(followed.announced).toEqual(["a:1 b:1 c:1"]);
    await vi.waitFor(() => expect(followed.statuses()).toEqual(["a live", "b live", "c live"]));
  });

  it("serves nothing before the server in front has taken it", async () => {
    let answering = false;
    const announce = async () => {
      await sleep(50);
      answering = true;
    };
    await using followed = openMesh({ a: "1" }, { overrides: { announce } });
    await followed.serves("a:1");
    expect(answering).toBe(true);
  });

  it("serves those that are up, and takes up the others as they come", async () => {
    await using followed = openMesh({ a: "1", b: "down" });
    await followed.serves("a:1");
    expect(followed.statuses()).toEqual(["a live", "b missing SUBGRAPH_UNREACHABLE"]);
    followed.says.b = "1";
    await followed.serves("a:1 b:1");
    expect(followed.statuses()).toEqual(["a live", "b live"]);
  });

  it("serves what it remembers while all are down, and knows it for old", async () => {
    await using followed = openMesh(
      { a: "down", b: "down" },
      {
        remembered: new Map([
          ["a", "0"],
          ["gone", "0"],
        ]),
      },
    );
    await followed.serves("a:0");
    expect(followed.statuses()).toEqual([
      "a last-known SUBGRAPH_UNREACHABLE",
      "b missing SUBGRAPH_UNREACHABLE",
    ]);
  });

  it("composes what it hears rather than what it remembers", async () => {
    await using followed = openMesh({ a: "1" }, { remembered: new Map([["a", "0"]]) });
    await followed.serves("a:1");
    expect(followed.compositions).toEqual(["a:1"]);
  });

  it("waits for a subgraph that hangs no longer than its time, then serves the others", async () => {
    await using followed = openMesh({ a: "1", b: "hangs" }, { sdlTimeoutMs: 100 });
    await sleep(50);
    expect(followed.mesh.current()).toBeUndefined();
    await followed.serves("a:1");
    expect(followed.statuses()).toEqual(["a live", "b missing SUBGRAPH_UNREACHABLE"]);
  });
});

describe("a mesh that changes", () => {
  it("takes the next supergraph, and remembers what it is made of", async () => {
    await using followed = openMesh({ a: "1", b: "1" });
    await followed.serves("a:1 b:1");
    followed.says.a = "2";
    await followed.serves("a:2 b:1");
    expect(followed.announced).toEqual(["a:1 b:1", "a:2 b:1"]);
    await vi.waitFor(() =>
      expect(followed.kept.at(-1)).toEqual(
        new Map([
          ["a", "2"],
          ["b", "1"],
        ]),
      ),
    );
  });

  it("looks more often at a subgraph of which it is told so", async () => {
    await using opened = openMesh(
      { a: "1", b: "1" },
      { pollIntervalMs: 60_000, pollIntervalMsOf: (name) => (name === "a" ? 2 : undefined) },
    );
    await opened.serves("a:1 b:1");
    opened.says.a = "2";
    opened.says.b = "2";
    await opened.serves("a:2 b:1");
  });

  it("composes once for each change, and not while nothing changes", async () => {
    await using followed = openMesh({ a: "1", b: "1" });
    await followed.serves("a:1 b:1");
    await sleep(100);
    expect(followed.compositions).toHaveLength(1);
  });

  it("keeps what a lost subgraph said, and calls it last known", async () => {
    await using followed = openMesh({ a: "1", b: "1" });
    await followed.serves("a:1 b:1");
    followed.says.b = "down";
    await vi.waitFor(() =>
      expect(followed.statuses()).toEqual(["a live", "b last-known SUBGRAPH_UNREACHABLE"]),
    );
    expect(followed.mesh.current()?.sdl).toBe("a:1 b:1");
    followed.says.b = "1";
    await vi.waitFor(() => expect(followed.statuses()).toEqual(["a live", "b live"]));
    expect(followed.kinds().slice(-2)).toEqual(["subgraph.lost", "subgraph.found"]);
    expect(followed.compositions).toHaveLength(1);
  });

  it("reports a loss once, however long it lasts", async () => {
    await using followed = openMesh({ a: "down" });
    await sleep(60);
    expect(followed.kinds()).toEqual(["subgraph.lost"]);
  });

  it("follows the others while one hangs", async () => {
    await using followed = openMesh({ a: "1", b: "1" }, { sdlTimeoutMs: 30_000 });
    await followed.serves("a:1 b:1");
    followed.says.b = "hangs";
    await vi.waitFor(() => expect(followed.loads.running).toBe(1));
    followed.says.a = "2";
    await followed.serves("a:2 b:1");
    expect(followed.statuses()).toEqual(["a live", "b live"]);
  });

  it("opens a supergraph with the model that was read beside it", async () => {
    const opened: unknown[] = [];
    const open: FollowDependencies["open"] = async (...given) => {
      opened.push(given);
      return { sdl: given[0] } as Supergraph;
    };
    await using followed = openMesh({ a: "1" }, { overrides: { open } });
    await followed.serves("a:1");
    expect(opened).toEqual([["a:1", noMesh]]);
  });

  it("composes changes that come during a composition in one more round", async () => {
    let release = () => {};
    const compositions: string[] = [];
    const compose: FollowDependencies["compose"] = async (parts) => {
      const supergraphSdl = parts.map(({ name, sdl }) => `${name}:${sdl}`).join(" ");
      compositions.push(supergraphSdl);
      if (supergraphSdl === "a:1 b:1")
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      return { kind: "composed", supergraphSdl, mesh: noMesh };
    };
    await using followed = openMesh({ a: "1", b: "1" }, { overrides: { compose } });
    await vi.waitFor(() => expect(compositions).toHaveLength(1));
    for (const version of ["2", "3", "4"]) {
      followed.says.a = version;
      followed.says.b = version;
      await sleep(20);
    }
    release();
    await followed.serves("a:4 b:4");
    expect(compositions).toEqual(["a:1 b:1", "a:4 b:4"]);
    expect(followed.announced).toEqual(["a:1 b:1", "a:4 b:4"]);
  });
});

describe("a supergraph that cannot be served", () => {
  it("leaves the last good one in place, and says what is wrong", async () => {
    await using followed = openMesh({ a: "1", b: "1" });
    await followed.serves("a:1 b:1");
    followed.says.b = "bad";
    await vi.waitFor(() => expect(followed.mesh.status().problems).toEqual(["a:1 b:bad does not compose"]));
    expect(followed.mesh.current()?.sdl).toBe("a:1 b:1");
    expect(followed.statuses()).toEqual(["a live", "b last-known NOT_COMPOSED_YET"]);
    expect(followed.kept.every((sdls) => sdls.get("b") === "1")).toBe(true);
    await sleep(50);
    expect(followed.compositions).toEqual(["a:1 b:1", "a:1 b:bad"]);
  });

  it.each([
    ["the subgraph takes it back", "1", "a:1 b:1"],
    ["the subgraph is mended", "2", "a:1 b:2"],
  ])("is forgotten once %s", async (_, mended, served) => {
    await using followed = openMesh({ a: "1", b: "1" });
    await followed.serves("a:1 b:1");
    followed.says.b = "bad";
    await vi.waitFor(() => expect(followed.mesh.status().problems).toHaveLength(1));
    followed.says.b = mended;
    await vi.waitFor(() => expect(followed.mesh.status().problems).toEqual([]));
    expect(followed.mesh.current()?.sdl).toBe(served);
    expect(followed.statuses()).toEqual(["a live", "b live"]);
  });

  it("leaves the mesh without one where it is the first", async () => {
    await using followed = openMesh({ a: "bad" });
    await vi.waitFor(() => expect(followed.statuses()).toEqual(["a missing NOT_COMPOSED_YET"]));
    expect(followed.mesh.current()).toBeUndefined();
    expect(followed.kept).toEqual([]);
  });

  it.each<[string, Partial<FollowDependencies>]>([
    ["composing itself fails", { compose: async () => Promise.reject(new Error("the thread ended")) }],
    ["it cannot be opened", { open: async () => Promise.reject(new Error("the thread ended")) }],
    ["it cannot be announced", { announce: async () => Promise.reject(new Error("the thread ended")) }],
  ])("is a problem like any other where %s", async (_, overrides) => {
    await using followed = openMesh({ a: "1" }, { overrides });
    await vi.waitFor(() => expect(followed.mesh.status().problems).toEqual(["the thread ended"]));
    expect(followed.kinds()).toContain("supergraph.refused");
  });
});

describe("a memory that fails", () => {
  it("costs no answer: the supergraph is served, later ones too, and the loss is reported", async () => {
    const keep = async () => Promise.reject(new Error("EROFS: read-only file system"));
    await using followed = openMesh(
      { a: "1" },
      { overrides: { memory: { recall: async () => new Map(), keep } } },
    );
    await followed.serves("a:1");
    followed.says.a = "2";
    await followed.serves("a:2");
    await vi.waitFor(() =>
      expect(followed.events.filter(({ kind }) => kind === "memory.failed")).toEqual([
        { kind: "memory.failed", problem: "EROFS: read-only file system" },
        { kind: "memory.failed", problem: "EROFS: read-only file system" },
      ]),
    );
  });
});

describe("disposal", () => {
  it.each<[string, Says]>([
    ["answers", "1"],
    ["is down", "down"],
    ["hangs", "hangs"],
  ])("ends at once where a subgraph %s, and nothing goes on behind it", async (_, says) => {
    const followed = openMesh({ a: says }, { sdlTimeoutMs: 60_000 }); // longer than a test may take
    await sleep(30);
    await followed[Symbol.asyncDispose]();
    expect(followed.loads.running).toBe(0);
    const heard = followed.events.length;
    followed.says.a = "2";
    await sleep(50);
    expect(followed.events).toHaveLength(heard);
    expect(followed.compositions).not.toContain("a:2");
  });

  it("waits for a composition that runs", async () => {
    let composed = false;
    const compose = async (): Promise<ComposedElsewhere> => {
      await sleep(100);
      composed = true;
      return { kind: "composed", supergraphSdl: "s", mesh: noMesh };
    };
    const followed = openMesh({ a: "1" }, { overrides: { compose } });
    await sleep(50);
    await followed[Symbol.asyncDispose]();
    expect(composed).toBe(true);
  });

  it("is no news about the subgraphs", async () => {
    const followed = openMesh({ a: "hangs" }, { sdlTimeoutMs: 60_000 });
    await sleep(20);
    await followed[Symbol.asyncDispose]();
    expect(followed.events).toEqual([]);
  });
});
