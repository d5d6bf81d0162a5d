// Every law of the mesh, the gravest first, and what breaks them, as findings.
import type { Finding } from "./finding.ts";
import type { Law, LawFacts, LawName, LawSeverity } from "./law.ts";
import { contract } from "./laws/contract.ts";
import { deprecation } from "./laws/deprecation.ts";
import { descriptions } from "./laws/descriptions.ts";
import { freshness } from "./laws/freshness.ts";
import { keys } from "./laws/keys.ts";
import { naming } from "./laws/naming.ts";
import { owner } from "./laws/owner.ts";
import { personalData } from "./laws/personal-data.ts";
import { scalars } from "./laws/scalars.ts";
import { version } from "./laws/version.ts";
import type { SdlSource } from "./sdl-source.ts";

export const laws: readonly Law[] = [
  owner,
  freshness,
  keys,
  personalData,
  version,
  contract,
  deprecation,
  naming,
  descriptions,
  scalars,
];

export type LawSeverities = Readonly<Partial<Record<LawName, LawSeverity>>>;

/** What breaks the laws, each with the severity that the mesh gives it. */
export function lawFindings(
  facts: LawFacts,
  source: SdlSource | undefined,
  severities: LawSeverities,
): readonly Finding[] {
  const { subgraph } = facts.mine;
  return laws.flatMap(({ name, code, severity: standard, check }): readonly Finding[] => {
    const severity = severities[name] ?? standard;
    if (severity === "off") return [];
    return check(facts).map((said) => {
      const definition = said.coordinate === undefined ? undefined : source?.find(said.coordinate);
      const shown = definition ? { place: definition.place, definitions: [definition] } : {};
      return { code, severity, subgraph, ...said, ...shown };
    });
  });
}
