// What an IP address is: public, of this host, of a private network, or one that nothing may be registered at.
import { BlockList, isIPv4, isIPv6 } from "node:net";

/** What a mesh may allow; `public` always is. */
export const allowableKinds = ["loopback", "private", "linkLocal", "metadata"] as const;
export type AllowableKind = (typeof allowableKinds)[number];
/** forbidden: unspecified, multicast, broadcast and reserved addresses, at which no product can be. */
export type AddressKind = AllowableKind | "public" | "forbidden";

/** In this order: the addresses at which clouds tell credentials lie within networks that may be allowed. */
const networks: readonly (readonly [AddressKind, BlockList])[] = [
  [
    "metadata",
    listOf(
      "169.254.169.254/32", // most clouds
      "169.254.170.2/32", // credentials of containers on AWS
      "169.254.170.23/32",
      "100.100.100.200/32", // Alibaba
      "168.63.129.16/32", // Azure
      "192.0.0.192/32", // Oracle
      "fd00:ec2::/32", // AWS
      "fd20:ce::254/128", // Google
    ),
  ],
  ["forbidden", listOf("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8")],
  ["loopback", listOf("127.0.0.0/8", "::1/128")],
  ["linkLocal", listOf("169.254.0.0/16", "fe80::/10")],
  [
    "private",
    listOf("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"),
  ],
];

/** IPv6 networks whose addresses stand for one of IPv4, and the byte at which it begins (RFC 4291, 6052, 3056). */
const embeddings: readonly (readonly [BlockList, number])[] = [
  [listOf("::ffff:0:0/96"), 12],
  [listOf("64:ff9b::/96"), 12],
  [listOf("2002::/16"), 2],
];

/** @param address - as `net.isIP` reads it; what it cannot read is forbidden */
export function addressKind(address: string): AddressKind {
  const plain = address.replace(/%.*$/, ""); // the zone of a link-local address
  if (!isIPv4(plain) && !isIPv6(plain)) return "forbidden";
  const family = isIPv4(plain) ? "ipv4" : "ipv6";
  const embedded = family === "ipv6" ? embeddedAddress(plain) : undefined;
  if (embedded !== undefined) return addressKind(embedded);
  return networks.find(([, list]) => list.check(plain, family))?.[0] ?? "public";
}

function embeddedAddress(address: string): string | undefined {
  const bytes = bytesOf(address);
  const isCompatible =
    bytes.slice(0, 12).every((byte) => byte === 0) && !["::", "::1"].includes(short(address));
  const start = isCompatible ? 12 : embeddings.find(([list]) => list.check(address, "ipv6"))?.[1];
  return start === undefined ? undefined : bytes.slice(start, start + 4).join(".");
}

function bytesOf(address: string): readonly number[] {
  const [head = "", tail] = short(address).split("::");
  const [before, after] = [head, tail ?? ""].map((part) => (part === "" ? [] : part.split(":"))) as [
    string[],
    string[],
  ];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].flatMap((group) => {
    const number = Number.parseInt(group, 16);
    return [number >> 8, number & 0xff];
  });
}

/** In the one form of RFC 5952, without a dotted part. */
function short(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function listOf(...subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", bits] = subnet.split("/");
    list.addSubnet(network, Number(bits), isIPv4(network) ? "ipv4" : "ipv6");
  }
  return list;
}
