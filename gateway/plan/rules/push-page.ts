// A page of rows that come in order is asked of the owner.
//
//   sort (as they come) limit 10
//     lookup destination                 lookup destination
//       groups … order by count(*)   →     groups … order by count(*) limit 10
//
// Not through a filter or a regroup: the first ten rows of an owner may all be left out here.
import type { Page } from "../../../schema/product/read-page.ts";
import { collectionNamed, type Facts } from "../facts.ts";
import type { RowsPlan } from "../rows-plan.ts";
import type { Rule } from "../rule.ts";

export const pushPage: Rule = {
  name: "push-page",
  rows: (plan, facts) => {
    if (plan.kind !== "sort" || plan.order.length > 0) return plan;
    if (plan.page.limit === undefined && plan.page.offset === 0) return plan.input;
    return paged(plan.input, plan.page, facts) ?? plan;
  },
};

function paged(rows: RowsPlan, page: Page, facts: Facts): RowsPlan | undefined {
  switch (rows.kind) {
    case "scan":
      return collectionNamed(facts, rows.collection).limit ? { ...rows, page } : undefined;
    case "groups":
      return { ...rows, page };
    case "lookup": {
      const input = paged(rows.input, page, facts);
      return input && { ...rows, input };
    }
    default:
      return undefined;
  }
}
