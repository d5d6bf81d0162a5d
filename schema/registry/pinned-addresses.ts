// Registering addresses safely: which URLs may be registered, and that each goes on leading to where it led then.
import { lookup as ask } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { Fault } from "../product/fault.ts";
import { addressing } from "./address-faults.ts";
import { type AllowableKind, addressKind } from "./address-kind.ts";

export type Resolved = { readonly address: string; readonly family: number };

export type PinnedAddresses = {
  /**
   * Resolves the host and pins what it finds. A host that cannot be resolved now is resolved, checked and pinned at the
   * first connection; false tells of it.
   * @throws addressing.URL_REFUSED
   */
  readonly pin: (url: string, options: { readonly anew: boolean }) => Promise<boolean>;
  /** For connections to a pinned URL; undefined for one that was never pinned. */
  readonly lookupOf: (url: string) => LookupFunction | undefined;
};

/**
 * A name is asked of DNS once: what answers to it later cannot lead requests elsewhere. All its addresses must be of a kind
 * that is allowed.
 */
export function openPinnedAddresses(
  { resolve = resolveHost }: { readonly resolve?: (host: string) => Promise<readonly Resolved[]> },
  allow: readonly AllowableKind[],
): PinnedAddresses {
  const pins = new Map<string, { addresses?: Promise<readonly Resolved[]> }>();

  const resolveChecked = async (url: string): Promise<readonly Resolved[]> => {
    const host = hostOf(url);
    const family = isIP(host);
    const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
    if (addresses.length === 0) throw new Error(`${host} has no address`);
    for (const { address } of addresses) checkAddress(url, address, allow);
    return addresses;
  };
  /** Of callers at once, one resolves; a failure is not pinned. */
  const addressesOf = (url: string): Promise<readonly Resolved[]> => {
    const pin = pins.get(url) ?? {};
    pins.set(url, pin);
    pin.addresses ??= resolveChecked(url).catch((failure) => {
      delete pin.addresses;
      throw failure;
    });
    return pin.addresses;
  };

  return {
    pin: async (url, { anew }) => {
      checkUrl(url, allow);
      const before = pins.get(url);
      if (anew) pins.delete(url);
      try {
        await addressesOf(url);
        return true;
      } catch (failure) {
        if (failure instanceof Fault) {
          if (before) pins.set(url, before);
          else pins.delete(url);
          throw failure;
        }
        return false;
      }
    },
    lookupOf: (url) => {
      if (!pins.has(url)) return undefined;
      return (_host, options, answer) => {
        addressesOf(url).then(
          (addresses) => {
            const [first] = addresses as readonly [Resolved, ...Resolved[]];
            if (options.all) answer(null, [...addresses]);
            else answer(null, first.address, first.family);
          },
          (failure: Error) => answer(failure, ""),
        );
      };
    },
  };
}

/**
 * What can be seen without asking DNS.
 * @throws addressing.URL_REFUSED
 */
export function checkUrl(url: string, allow: readonly AllowableKind[]): void {
  const refuse = (problem: string) => addressing.URL_REFUSED({ url: withoutCredentials(url), problem });
  if (!URL.canParse(url)) throw refuse("it is no URL");
  const { protocol, username, password } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") throw refuse(`${protocol} is neither http nor https`);
  if (username !== "" || password !== "") throw refuse("it holds credentials");
  const host = hostOf(url);
  if (isIP(host) !== 0) checkAddress(url, host, allow);
}

function checkAddress(url: string, address: string, allow: readonly AllowableKind[]): void {
  const kind = addressKind(address);
  if (kind === "public" || (allow as readonly string[]).includes(kind)) return;
  const problem =
    kind === "forbidden"
      ? `no product can be at ${address}`
      : `it leads to ${address}, and the mesh does not allow ${kind} addresses`;
  throw addressing.URL_REFUSED({ url, problem });
}

/** URL has read decimal, octal and hexadecimal hosts already: `0x7f.1` is 127.0.0.1 here. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, "");
}

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}

function resolveHost(host: string): Promise<readonly Resolved[]> {
  return ask(host, { all: true });
}
