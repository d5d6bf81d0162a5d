// Certificates of one test: a CA, a server that it vouches for, a client that it vouches for, and a CA that vouches for neither.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findOpenssl } from "../../setup/find-openssl.ts";
import { temporaryDirectory } from "../../setup/temporary-directory.ts";

export type KeyPair = { readonly cert: string; readonly key: string };

/** Paths of PEM files. */
export type Certificates = AsyncDisposable & {
  readonly ca: string;
  readonly otherCa: string;
  /** For 127.0.0.1 and redis.test. */
  readonly server: KeyPair;
  readonly client: KeyPair;
  readonly directory: string;
  /** What one of these files holds. */
  readonly text: (file: string) => Promise<string>;
};

export async function makeCertificates(): Promise<Certificates> {
  const directory = await temporaryDirectory();
  const at = (file: string) => join(directory.path, file);
  const openssl = (...args: string[]) => promisify(execFile)(findOpenssl(), args);
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const authority = async (name: string) => {
    const files = ["-keyout", at(`${name}.key`), "-out", at(`${name}.pem`)];
    await openssl("req", "-x509", ...newKey, ...files, "-days", "2", "-subj", `/CN=${name}`);
    return at(`${name}.pem`);
  };
  const signed = async (name: string) => {
    const pair = { cert: at(`${name}.pem`), key: at(`${name}.key`) };
    const files = ["-keyout", pair.key, "-out", at(`${name}.csr`)];
    await openssl("req", ...newKey, ...files, "-subj", `/CN=${name}`);
    const by = ["-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial", "-days", "2"];
    await openssl(
      "x509",
      "-req",
      "-in",
      at(`${name}.csr`),
      ...by,
      "-extfile",
      at("names"),
      "-out",
      pair.cert,
    );
    return pair;
  };
  await writeFile(at("names"), "subjectAltName = IP:127.0.0.1, DNS:redis.test\n");
  const [ca, otherCa] = [await authority("ca"), await authority("other-ca")];
  return {
    ca,
    otherCa,
    server: await signed("server"),
    client: await signed("client"),
    directory: directory.path,
    text: (file) => readFile(file, "utf8"),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
