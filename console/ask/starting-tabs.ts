// Decides which tabs a visitor starts with: their own, or the examples, or a greeting.
import type { Storage as EditorStorage } from "@graphiql/toolkit";
import { editorKeys } from "./editor-storage.ts";
import { type Example, readExamples } from "./read-examples.ts";

/** What a tab holds at first; `variables` is JSON text. */
export type StartingTab = { readonly query: string; readonly variables: string };

const greeting: StartingTab = {
  query: `# Welcome to Weft: one graph over every
# data product of the mesh. Write a query,
# press Ctrl-Enter; the explorer on the left
# shows what can be asked.

{
  __typename
}
`,
  variables: "",
};

const tabOf = ({ query, variables }: Example): StartingTab => ({
  query,
  variables: variables === undefined ? "" : JSON.stringify(variables, null, 2),
});

type StoredTab = { readonly query: string | null; readonly variables?: string | null };

/** The active one of the tabs a visitor left; undefined when there are none, or only the greeting, untouched. */
const ownActiveTab = (storage: EditorStorage): StoredTab | undefined => {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem(editorKeys.tabs) ?? "{}");
    if (!Array.isArray(tabs) || (tabs.length === 1 && tabs[0].query === greeting.query)) return undefined;
    return tabs[activeTabIndex];
  } catch {
    return undefined;
  }
};

/** The editor opens on the text it was last editing, not on its active tab: this makes the one the other's. */
const openOn = (storage: EditorStorage, { query, variables }: StoredTab): void => {
  storage.setItem(editorKeys.query, query ?? "");
  storage.setItem(editorKeys.variables, variables ?? "");
};

/** The tabs to offer, and none when the visitor has tabs stored: the editor opens those. */
export const startingTabs = async (storage: EditorStorage): Promise<readonly StartingTab[]> => {
  const own = ownActiveTab(storage);
  if (own !== undefined) {
    openOn(storage, own);
    return [];
  }
  const examples = await readExamples();
  const tabs = examples.length > 0 ? examples.map(tabOf) : [greeting];
  storage.removeItem(editorKeys.tabs);
  openOn(storage, tabs[0] ?? greeting);
  return tabs;
};
