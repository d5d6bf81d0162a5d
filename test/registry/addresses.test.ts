// Which URLs may be registered, in every notation; and that a registered one goes on leading to where it led.
import type { LookupFunction } from "node:net";
import { describe, expect, it } from "vitest";
import { type AllowableKind, addressKind } from "../../schema/registry/address-kind.ts";
import { checkUrl, openPinnedAddresses, type Resolved } from "../../schema/registry/pinned-addresses.ts";

describe("an address", () => {
  it.each([
    ["8.8.8.8", "public"],
    ["2606:4700::1111", "public"],
    ["11.0.0.1", "public"],
    ["172.32.0.1", "public"],
    ["100.128.0.1", "public"],
    ["127.0.0.1", "loopback"],
    ["127.255.255.254", "loopback"],
    ["::1", "loopback"],
    ["0:0:0:0:0:0:0:1", "loopback"],
    ["::ffff:127.0.0.1", "loopback"],
    ["::ffff:7f00:1", "loopback"],
    ["::127.0.0.1", "loopback"],
    ["64:ff9b::7f00:1", "loopback"],
    ["2002:7f00:1::", "loopback"],
    ["10.1.2.3", "private"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["192.168.0.1", "private"],
    ["100.64.0.1", "private"],
    ["fd12:3456::1", "private"],
    ["::ffff:10.0.0.1", "private"],
    ["2002:c0a8:1::", "private"],
    ["169.254.1.1", "linkLocal"],
    ["fe80::1", "linkLocal"],
    ["fe80::1%eth0", "linkLocal"],
    ["febf::1", "linkLocal"],
    ["::ffff:169.254.1.1", "linkLocal"],
    ["169.254.169.254", "metadata"],
    ["::ffff:169.254.169.254", "metadata"],
    ["::ffff:a9fe:a9fe", "metadata"],
    ["64:ff9b::169.254.169.254", "metadata"],
    ["2002:a9fe:a9fe::1", "metadata"],
    ["169.254.170.2", "metadata"],
    ["100.100.100.200", "metadata"],
    ["168.63.129.16", "metadata"],
    ["fd00:ec2::254", "metadata"],
    ["0.0.0.0", "forbidden"],
    ["0.1.2.3", "forbidden"],
    ["::", "forbidden"],
    ["::ffff:0.0.0.0", "forbidden"],
    ["224.0.0.1", "forbidden"],
    ["239.255.255.255", "forbidden"],
    ["255.255.255.255", "forbidden"],
    ["240.0.0.1", "forbidden"],
    ["ff02::1", "forbidden"],
    ["::ffff:224.0.0.1", "forbidden"],
    ["localhost", "forbidden"],
    ["127.1", "forbidden"],
    ["", "forbidden"],
  ] as const)("%s is %s", (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });
});

const usual: readonly AllowableKind[] = ["loopback", "private"];

describe("a URL", () => {
  it.each([
    "http://127.0.0.1:4001/graphql",
    "https://example.org/graphql?x=1",
    "http://[::1]:4001/",
    "http://10.0.0.1/",
    "http://orders.internal/",
    "https://8.8.8.8/",
  ])("%s may be registered", (url) => {
    expect(() => checkUrl(url, usual)).not.toThrow();
  });

  it.each([
    ["nonsense", /no URL/],
    ["//example.org/", /no URL/],
    ["ftp://example.org/", /neither http nor https/],
    ["file:///etc/passwd", /neither http nor https/],
    ["javascript:alert(1)", /neither http nor https/],
    ["ws://example.org/", /neither http nor https/],
    ["http://ada@example.org/", /credentials/],
    ["http://:secret@example.org/", /credentials/],
    ["http://0.0.0.0:4001/", /no product/],
    ["http://0/", /no product/],
    ["http://[::]/", /no product/],
    ["http://224.0.0.1/", /no product/],
    ["http://[ff02::1]/", /no product/],
    ["http://169.254.1.1/", /linkLocal/],
    ["http://[fe80::1]/", /linkLocal/],
    ["http://169.254.169.254/latest/meta-data", /metadata/],
    ["http://2852039166/", /metadata/],
    ["http://0xa9fea9fe/", /metadata/],
    ["http://0xa9.0xfe.0xa9.0xfe/", /metadata/],
    ["http://0251.0376.0251.0376/", /metadata/],
    ["http://169.254.43518/", /metadata/],
    ["http://169.254.169.254./", /metadata/],
    ["http://１６９.254.169.254/", /metadata/],
    ["http://[::ffff:169.254.169.254]/", /metadata/],
    ["http://[::ffff:a9fe:a9fe]/", /metadata/],
    ["http://[64:ff9b::a9fe:a9fe]/", /metadata/],
    ["http://[fd00:ec2::254]/", /metadata/],
  ])("%s may not", (url, says) => {
    let fault: Error | undefined;
    try {
      checkUrl(url, usual);
    } catch (failure) {
      fault = failure as Error;
    }
    expect(fault).toMatchObject({ code: "URL_REFUSED" });
    expect(fault?.message).toMatch(says);
  });

  it.each([
    ["http://127.0.0.1/", "loopback"],
    ["http://2130706433/", "loopback"],
    ["http://[::ffff:127.0.0.1]/", "loopback"],
    ["http://192.168.1.1/", "private"],
    ["http://169.254.1.1/", "linkLocal"],
    ["http://169.254.169.254/", "metadata"],
  ] as const)("%s may exactly where %s addresses are allowed", (url, kind) => {
    expect(() => checkUrl(url, [kind])).not.toThrow();
    const others = (["loopback", "private", "linkLocal", "metadata"] as const).filter(
      (each) => each !== kind,
    );
    expect(() => checkUrl(url, others)).toThrow(kind);
  });

  it("is told without its credentials", () => {
    expect(() => checkUrl("http://ada:secret@example.org/", usual)).toThrow("http://example.org/");
    expect(() => checkUrl("http://ada:secret@example.org/", usual)).not.toThrow("secret");
  });
});

/** DNS that says what a test tells it to. */
function fakeDns(says: Record<string, readonly string[] | "unknown">) {
  const asked: string[] = [];
  const resolve = async (host: string): Promise<readonly Resolved[]> => {
    asked.push(host);
    const said = says[host];
    if (said === undefined || said === "unknown") throw new Error(`ENOTFOUND ${host}`);
    return said.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  return { says, asked, resolve };
}

function look(lookup: LookupFunction | undefined, all: boolean) {
  return new Promise((resolve, reject) => {
    lookup?.("ignored", { all }, (failure, address, family) =>
      failure ? reject(failure) : resolve(all ? address : [address, family]),
    );
  });
}

const url = "http://orders.internal:4001/graphql";
const anew = { anew: true };

describe("a registered address", () => {
  it("is resolved once, and leads there whatever DNS says later", async () => {
    const dns = fakeDns({ "orders.internal": ["10.0.0.1", "fd12::1"] });
    const pins = openPinnedAddresses(dns, usual);
    expect(await pins.pin(url, anew)).toBe(true);
    dns.says["orders.internal"] = ["169.254.169.254"];
    expect(await look(pins.lookupOf(url), false)).toEqual(["10.0.0.1", 4]);
    expect(await look(pins.lookupOf(url), true)).toEqual([
      { address: "10.0.0.1", family: 4 },
      { address: "fd12::1", family: 6 },
    ]);
    expect(await pins.pin(url, { anew: false })).toBe(true);
    expect(dns.asked).toEqual(["orders.internal"]);
  });

  it("is resolved again where it is published anew, and refused by what DNS says then", async () => {
    const dns = fakeDns({ "orders.internal": ["10.0.0.1"] });
    const pins = openPinnedAddresses(dns, usual);
    await pins.pin(url, anew);
    dns.says["orders.internal"] = ["10.0.0.2"];
    await pins.pin(url, anew);
    expect(await look(pins.lookupOf(url), false)).toEqual(["10.0.0.2", 4]);
    dns.says["orders.internal"] = ["169.254.169.254"];
    await expect(pins.pin(url, anew)).rejects.toMatchObject({ code: "URL_REFUSED" });
    expect(await look(pins.lookupOf(url), false)).toEqual(["10.0.0.2", 4]);
  });

  it("is refused where any of its addresses is", async () => {
    const dns = fakeDns({ "orders.internal": ["10.0.0.1", "::ffff:169.254.169.254"] });
    const pins = openPinnedAddresses(dns, usual);
    await expect(pins.pin(url, anew)).rejects.toMatchObject({ code: "URL_REFUSED" });
    expect(pins.lookupOf(url)).toBeUndefined();
  });

  it("that nobody knows yet is resolved at the first connection, and checked then", async () => {
    const dns = fakeDns({ "orders.internal": "unknown" });
    const pins = openPinnedAddresses(dns, usual);
    expect(await pins.pin(url, anew)).toBe(false);
    await expect(look(pins.lookupOf(url), false)).rejects.toThrow("ENOTFOUND");
    dns.says["orders.internal"] = ["0.0.0.0"];
    await expect(look(pins.lookupOf(url), false)).rejects.toMatchObject({ code: "URL_REFUSED" });
    dns.says["orders.internal"] = ["10.0.0.1"];
    expect(await look(pins.lookupOf(url), false)).toEqual(["10.0.0.1", 4]);
    dns.says["orders.internal"] = ["10.0.0.9"];
    expect(await look(pins.lookupOf(url), false)).toEqual(["10.0.0.1", 4]);
  });

  it("is asked of DNS once by many at once", async () => {
    const dns = fakeDns({ "orders.internal": ["10.0.0.1"] });
    const pins = openPinnedAddresses(dns, usual);
    await Promise.all([pins.pin(url, { anew: false }), pins.pin(url, { anew: false })]);
    expect(dns.asked).toHaveLength(1);
  });

  it("without an address at all is as one that is unknown", async () => {
    const pins = openPinnedAddresses(fakeDns({ "orders.internal": [] }), usual);
    expect(await pins.pin(url, anew)).toBe(false);
    await expect(look(pins.lookupOf(url), true)).rejects.toThrow("no address");
  });

  it("has no lookup where it was never registered: those that are configured are found as ever", () => {
    expect(openPinnedAddresses(fakeDns({}), usual).lookupOf(url)).toBeUndefined();
  });
});
