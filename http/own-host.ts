// Refuses requests that a browser was led to by a name that another site gave this address (DNS rebinding).
import { isIP } from "node:net";
import type { FastifyInstance } from "fastify";
import { http } from "./http-faults.ts";

/**
 * An address and `localhost` are nobody else's; any other name has to be one of `hosts`. Without it a page from anywhere could
 * have its own name lead here, and read as its own what is answered.
 */
export function answerOwnHostAlone(app: FastifyInstance, hosts: readonly string[]): void {
  const own = new Set(hosts.map((host) => host.toLowerCase()));
  app.addHook("onRequest", ({ hostname }, _, done) => {
    const name = hostname.toLowerCase();
    const isOwn = isIP(name.replace(/^\[|\]$/g, "")) > 0 || name === "localhost" || own.has(name);
    done(isOwn ? undefined : http.HOST_UNKNOWN({ host: hostname }));
  });
}
