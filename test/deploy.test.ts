// The container files agree with each other and with the repository. No engine runs them here.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../gateway/read-config.ts";

const root = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

type Service = {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
};
const { services } = parse(readFileSync(root("docker-compose.yml"), "utf8"), { merge: true }) as {
  services: Readonly<Record<string, Service>>;
};

it("runs each product of the containers' mesh where the gateway looks for it", async () => {
  const { subgraphs } = await readConfig(root("deploy/mesh.compose.yaml"));
  expect(subgraphs.length).toBeGreaterThan(0);
  for (const { name, url } of subgraphs) {
    const { hostname, port } = new URL(url);
    expect(services[hostname]?.environment).toMatchObject({ HOST: "0.0.0.0", PORT: port });
    expect(services.gateway?.depends_on).toContain(name);
  }
});

it("names modules that the build makes", () => {
  const modules = Object.values(services)
    .filter(({ image }) => image === "weft")
    .flatMap(({ command }) => command?.filter((word) => word.startsWith("dist/")) ?? []);
  expect(modules.length).toBe(5);
  for (const module of modules)
    expect(existsSync(root(module.replace(/^dist\//, "").replace(/\.js$/, ".ts")))).toBe(true);
});

it("copies into the image only what the repository has", () => {
  const copied = readFileSync(root("Dockerfile"), "utf8").matchAll(/^COPY (?:--from=build )?(.+) \S+$/gm);
  const sources = [...copied].flatMap(([, paths]) => (paths as string).split(" "));
  const missing = sources
    .map((source) => source.replace(/^\/weft\//, ""))
    .filter((source) => source !== "node_modules" && source !== "dist" && !existsSync(root(source)));
  expect(missing).toEqual([]);
});

it("offers the same products in both meshes", async () => {
  const names = async (file: string) => (await readConfig(root(file))).subgraphs.map(({ name }) => name);
  expect(await names("deploy/mesh.compose.yaml")).toEqual(await names("mesh.yaml"));
});
