// Keeps what a command composed last: its findings are shown in the texts of that.
import type { ComposedSubgraph } from "../../schema/compose/compose.ts";
import { textsOf } from "../check/check-folder.ts";
import type { FindingTexts } from "../check/show-findings.ts";
import type { OpenedFolder } from "../product/open-folder.ts";
import type { AppendDependencies } from "./append-revision.ts";

export type LastComposed = Required<Pick<AppendDependencies, "composing">> & {
  /** Without subgraphs where nothing was composed. */
  readonly texts: (folder?: OpenedFolder) => FindingTexts;
};

export function lastComposed(): LastComposed {
  let last: readonly ComposedSubgraph[] = [];
  return {
    composing: (subgraphs) => {
      last = subgraphs;
    },
    texts: (folder) => textsOf(last, folder),
  };
}
