const root = process.argv[2];
const { openShelf } = await import(`${root}/test/remember/support/shelf.ts`);
const { remembering } = await import(`${root}/test/remember/support/remembering.ts`);
const shelf = await openShelf();
const gateway = await remembering(shelf, {});
const query = "{ books { id title price } offers { id } }";
const ways: Record<string, () => Promise<Response>> = {
  post: () => fetch(`${gateway.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) }),
  get: () => fetch(`${gateway.url}/graphql?${new URLSearchParams({ query })}`),
};
let tag = "";
ways["get 304"] = () => fetch(`${gateway.url}/graphql?${new URLSearchParams({ query })}`, { headers: { "if-none-match": tag } });
for (const round of [1, 2, 3]) for (const [name, ask] of Object.entries(ways)) {
  for (let i = 0; i < 300; i++) { const r = await ask(); tag = r.headers.get("etag") ?? ""; await r.text(); }
  const began = process.cpuUsage();
  for (let i = 0; i < 300; i++) await Promise.all(Array.from({ length: 10 }, async () => (await ask()).text()));
  const { user, system } = process.cpuUsage(began);
  if (round === 3) console.log(name, ((user + system) / 3000).toFixed(0), "us CPU a request, client included");
}
await gateway[Symbol.asyncDispose](); await shelf[Symbol.asyncDispose]();
