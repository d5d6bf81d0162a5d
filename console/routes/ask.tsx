// The ask page: write a question, run it, read the answer.
import "graphiql/setup-workers/vite";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "@graphiql/plugin-explorer/style.css";
import "graphiql/graphiql.css";
import "./ask.css";
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { useEffect, useState } from "react";
import { askGateway } from "../ask/ask-gateway.ts";
import { openEditorStorage } from "../ask/editor-storage.ts";
import { type StartingTab, startingTabs } from "../ask/starting-tabs.ts";
import { stayOnOrigin } from "../ask/stay-on-origin.ts";
import { ExplainPanel } from "../explain/explain-panel.tsx";

stayOnOrigin();

const plugins = [HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];

/** The editor on the gateway's own graph; examples come as tabs on a first visit. */
export const AskPage = () => {
  const [storage] = useState(openEditorStorage);
  const [tabs, setTabs] = useState<readonly StartingTab[]>();
  useEffect(() => {
    void startingTabs(storage).then(setTabs);
  }, [storage]);

  if (tabs === undefined) return <p className="notice">Loading…</p>;
  return (
    <GraphiQL
      fetcher={askGateway}
      plugins={plugins}
      storage={storage}
      {...(tabs.length > 0 && { defaultTabs: [...tabs] })}
      {...(tabs.some((tab) => tab.variables !== "") && {
        defaultEditorToolsVisibility: "variables" as const,
      })}
    >
      <GraphiQL.Logo>{null}</GraphiQL.Logo>
      <GraphiQL.Footer>
        <ExplainPanel />
      </GraphiQL.Footer>
    </GraphiQL>
  );
};
