// By which names a listener is asked: by its own, and never by one that another site gave its address.
import { describe, expect, it } from "vitest";
import { httpApp } from "../../http/app.ts";
import { answerOwnHostAlone } from "../../http/own-host.ts";

async function statusAskedAs(host: string): Promise<number> {
  const app = httpApp({ bodyBytesMax: 100 }, () => {});
  answerOwnHostAlone(app, ["Weft.example"]);
  app.get("/", async () => "hello");
  await using _ = { [Symbol.asyncDispose]: () => app.close() };
  return (await app.inject({ url: "/", headers: { host } })).statusCode;
}

describe("a listener that answers its own names alone", () => {
  it.each([
    "127.0.0.1:4090",
    "[::1]:4090",
    "localhost",
    "LOCALHOST:4090",
    "10.1.2.3",
    "weft.example:4090",
  ])("answers %s", async (host) => {
    expect(await statusAskedAs(host)).toBe(200);
  });

  it.each([
    "evil.example",
    "evil.example:4090",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "2130706433.evil",
  ])("refuses %s", async (host) => {
    expect(await statusAskedAs(host)).toBe(421);
  });
});
