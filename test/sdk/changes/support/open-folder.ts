// A process that opens the folder which its argument names, and says so or why not; until its input ends.
import { openChanges } from "weft/sdk";
import { harbour } from "./harbour.ts";

const [, , directory = ""] = process.argv;
try {
  const changes = await openChanges(
    {
      product: harbour("postgres://nowhere", "public"),
      deliver: async () => ({ kind: "taken" }),
      observe: () => {},
      now: Date.now,
    },
    { directory },
  );
  process.stdout.write("open\n");
  for await (const line of process.stdin)
    if (String(line).startsWith("tell")) {
      await changes.changed("Ship", [{ imo: 1 }]);
      process.stdout.write("told\n");
    }
  await changes[Symbol.asyncDispose]();
} catch (failure) {
  const { code, message } = failure as Error & { readonly code: string };
  process.stdout.write(`${code} ${message}\n`);
}
