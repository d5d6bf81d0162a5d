// Reads an owner's rows page by page, in his order, until there are as many as wanted.
import type { FlatRow, FlatRows } from "./flat-row.ts";
import type { RowsBudget } from "./rows-budget.ts";

export type AskPage = (page: {
  readonly limit: number;
  readonly offset: number;
  /** The last row before this page, where there was one. */
  readonly after: FlatRow | undefined;
}) => Promise<FlatRows>;

export type Wanted = {
  /** Undefined = all. */
  readonly limit: number | undefined;
  readonly offset: number;
  /** Left out = every row. Never is an owner's page as short as what is wanted where rows may be dropped. */
  readonly holds?: ((row: FlatRow) => boolean) | undefined;
};

/** Of a list in which some rows will be dropped, the first page has so many rows, and each further one twice as many. */
const firstRows = 1_000;

/** `pageRowsMax`: the most rows that the owner answers at once. */
export async function collectPages(
  askPage: AskPage,
  { limit = Number.POSITIVE_INFINITY, offset, holds }: Wanted,
  { pageRowsMax, budget }: { readonly pageRowsMax: number; readonly budget: RowsBudget },
): Promise<FlatRows> {
  const rows: FlatRow[] = [];
  let pageRows = holds && limit < Number.POSITIVE_INFINITY ? firstRows : pageRowsMax;
  let read = 0;
  let after: FlatRow | undefined;
  while (rows.length < limit) {
    const most = holds ? pageRows : limit - rows.length;
    const asked = Math.min(most, pageRowsMax, budget.left());
    const page = await askPage({ limit: asked, offset: offset + read, after });
    budget.spend(page.length);
    for (const row of page) if (rows.length < limit && (!holds || holds(row))) rows.push(row);
    if (page.length < asked) break;
    read += page.length;
    after = page.at(-1);
    pageRows *= 2;
  }
  return rows;
}
