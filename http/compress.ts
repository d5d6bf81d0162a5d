// Compressed answers: gzip or deflate where the caller asks for one and the body is worth it.
import { Readable } from "node:stream";
import { constants, createDeflate, createGzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

export const codings = ["gzip", "deflate"] as const;
export type Coding = (typeof codings)[number];

/** Smaller bodies fit into a packet or two as they are. */
const bytesMin = 1_024;

/** Compresses JSON bodies from 1 KiB on as `Accept-Encoding` asks, piece by piece while they are sent. */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook("onSend", (request, reply, payload, done) => {
    if (!isCompressible(request, reply, payload)) return done(null, payload);
    addVary(reply);
    const coding = negotiateCoding(request.headers["accept-encoding"]);
    if (!coding) return done(null, payload);
    reply.removeHeader("content-length").header("content-encoding", coding);
    // The fastest level: an answer waits for it, and the slower ones gain little on JSON.
    const options = { level: constants.Z_BEST_SPEED };
    const compressed = coding === "gzip" ? createGzip(options) : createDeflate(options);
    done(null, Readable.from(pieces(payload)).pipe(compressed));
  });
}

const pieceBytes = 64 * 1_024;

function* pieces(body: string | Buffer): Generator<Buffer> {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

function isCompressible(
  { method }: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): payload is string | Buffer {
  if (method === "HEAD" || (typeof payload !== "string" && !Buffer.isBuffer(payload))) return false;
  if (reply.hasHeader("content-encoding") || reply.hasHeader("content-range")) return false;
  if (/\bno-transform\b/i.test(String(reply.getHeader("cache-control") ?? ""))) return false;
  const type = String(reply.getHeader("content-type") ?? "");
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) return false;
  // A character is a byte at least; of long texts the bytes need not be counted.
  return payload.length >= bytesMin || Buffer.byteLength(payload) >= bytesMin;
}

function addVary(reply: FastifyReply): void {
  const vary = reply.getHeader("vary");
  const names = String(vary ?? "").toLowerCase();
  if (/(^|[\s,])(\*|accept-encoding)($|[\s,])/.test(names)) return;
  reply.header("vary", vary ? `${vary}, accept-encoding` : "accept-encoding");
}

/**
 * The coding that the caller likes best; undefined where that is none (RFC 9110, 12.5.3). Without a header nothing
 * is compressed, since whoever wants it says so.
 */
export function negotiateCoding(acceptEncoding: string | undefined): Coding | undefined {
  if (!acceptEncoding) return undefined;
  const qualities = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(",")) {
    const [name = "", ...parameters] = part.split(";").map((text) => text.trim());
    const given = parameters.find((parameter) => /^q\s*=/.test(parameter));
    const quality = given ? Number(given.replace(/^q\s*=\s*/, "")) : 1;
    if (name) qualities.set(name === "x-gzip" ? "gzip" : name, quality >= 0 && quality <= 1 ? quality : 0);
  }
  const any = qualities.get("*") ?? 0;
  const quality = (coding: string) => qualities.get(coding) ?? any;
  const [best] = [...codings].sort((a, b) => quality(b) - quality(a)); // sorting is stable: gzip before deflate
  if (!best || quality(best) === 0) return undefined;
  return quality(best) >= (qualities.get("identity") ?? 0) ? best : undefined;
}
