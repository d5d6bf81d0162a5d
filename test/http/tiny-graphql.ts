// A tiny Apollo Server behind our own `/graphql`, with fields that fail in every way.
import { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import { GraphQLError } from "graphql";
import { httpApp } from "../../http/app.ts";
import { apolloOptions, mountGraphql } from "../../http/graphql-endpoint.ts";
import { type Listening, listen } from "../../http/listen.ts";
import { type Fault, faultTable } from "../../schema/product/fault.ts";

export const tiny = faultTable({
  CALLER_WRONG: {
    status: 400,
    audience: "caller",
    text: ({ at }: { at: string }) => `${at} is wrong.`,
    remedy: "Mend it.",
  },
  DISK_FULL: {
    status: 503,
    audience: "operator",
    text: ({ path }: { path: string }) => `No room on ${path}.`,
    remedy: "Make some.",
  },
});

export type Reported = { readonly fault: Fault; readonly cause: unknown };

export type TinyGraphql = Listening & { readonly reported: Reported[] };

const typeDefs = `#graphql
  type Query {
    hello(name: String = "you"): String
    callerFault: String
    operatorFault: String
    wrappedFault: String
    crash: String
    crashWithText: String
    downstream: String
  }
  type Mutation { nothing: String }
`;

export async function tinyGraphql({ bodyBytesMax = 1024 } = {}): Promise<TinyGraphql> {
  const reported: Reported[] = [];
  const report = (fault: Fault, cause: unknown) => void reported.push({ fault, cause });
  const fail = (failure: unknown) => () => {
    throw failure;
  };
  const apollo = new ApolloServer({
    ...apolloOptions(report),
    typeDefs,
    resolvers: {
      Query: {
        hello: (_: unknown, { name }: { name: string }) => `Hello ${name}`,
        callerFault: fail(tiny.CALLER_WRONG({ at: "hello.name" })),
        operatorFault: fail(tiny.DISK_FULL({ path: "/var/secret" })),
        wrappedFault: fail(
          new GraphQLError("No room on /var/secret.", {
            originalError: tiny.DISK_FULL({ path: "/var/secret" }),
          }),
        ),
        crash: fail(new TypeError("cannot read /etc/passwd")),
        crashWithText: () => Promise.reject("cannot read /etc/passwd"),
        downstream: fail(
          new GraphQLError("The neighbour says no.", {
            extensions: { code: "NEIGHBOUR", hint: "ask again" },
          }),
        ),
      },
      Mutation: { nothing: () => "done" },
    },
  });
  await apollo.start();
  const app = httpApp({ bodyBytesMax }, report);
  app.get("/fault", fail(tiny.DISK_FULL({ path: "/var/secret" })));
  app.get("/crash", fail(new TypeError("cannot read /etc/passwd")));
  await mountGraphql(app, fastifyApolloHandler(apollo));
  const listening = await listen(app, { host: "127.0.0.1", port: 0, drainMs: 500 }, () => apollo.stop());
  return { ...listening, reported };
}
