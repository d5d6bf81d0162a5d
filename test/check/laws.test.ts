// The laws of the mesh: each has what breaks it, and what looks alike and does not.
import { describe, expect, it } from "vitest";
import { configSchema } from "../../gateway/config.ts";
import type { LawName } from "../../schema/check/law.ts";
import { laws } from "../../schema/check/laws.ts";
import { checkFlights, flights, head } from "./support/small-mesh.ts";

type Row = {
  readonly law: LawName;
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
  /** Where the law is broken; [] = it is kept. */
  readonly broken: readonly string[];
  /** Fields that the contract classifies. */
  readonly classified?: readonly string[];
};

const column = (definition: string) => ({ from: "delay: Int", to: `delay: Int "It." ${definition}` });

const rows: readonly Row[] = [
  { law: "owner", what: "the contact is an e-mail address", broken: [] },
  {
    law: "owner",
    what: "the contact is a URL",
    from: "flights@weft.example",
    to: "https://weft.example/flights",
    broken: [],
  },
  {
    law: "owner",
    what: "the contact is neither",
    from: "flights@weft.example",
    to: "ask Jo",
    broken: ["Flight"],
  },
  {
    law: "owner",
    what: "the owner is empty",
    from: 'owner: "Flights"',
    to: 'owner: " "',
    broken: ["Flight"],
  },
  {
    law: "owner",
    what: "the owner is a placeholder",
    from: 'owner: "Flights"',
    to: 'owner: "TODO"',
    broken: ["Flight"],
  },
  {
    law: "owner",
    what: "an entity is no product",
    from: 'type Airport @key(fields: "iata") {',
    to: 'type Plane @key(fields: "id") { id: ID! }\ntype Airport @key(fields: "iata") {',
    broken: ["Plane"],
  },
  { law: "freshness", what: "an objective is stated", broken: [] },
  { law: "freshness", what: "none is", from: '\n  @freshness(slo: "P1D")', to: "", broken: ["Flight"] },
  {
    law: "freshness",
    what: "it is no duration of fixed length",
    from: '"P1D"',
    to: '"P1M"',
    broken: ["Flight"],
  },
  { law: "keys", what: "the key is never null", broken: [] },
  { law: "keys", what: "the key may be null", from: "id: Int!\n", to: "id: Int\n", broken: ["Flight.id"] },
  { law: "keys", what: "the key is a Float", from: "id: Int!\n", to: "id: Float!\n", broken: ["Flight.id"] },
  {
    law: "naming",
    what: "names are as elsewhere",
    ...column("arrivedAt: DateTime arrived_at: DateTime gate2: Int"),
    broken: [],
  },
  { law: "naming", what: "a field begins with a capital", ...column("Gate: Int"), broken: ["Flight.Gate"] },
  {
    law: "naming",
    what: "a field has two underscores",
    ...column("gate__no: Int"),
    broken: ["Flight.gate__no"],
  },
  {
    law: "naming",
    what: "a type of its own is spelt as a field",
    from: "type Airport",
    to: '"Why." enum delay_reason { fog }\ntype Airport',
    broken: ["delay_reason"],
  },
  {
    law: "naming",
    what: "a sibling has another name",
    from: '@collection(entity: "Flight")',
    to: '@collection(entity: "Flight", aggregate: "countFlights") "How many." countFlights: Int',
    broken: ["Query.flights"],
  },
  {
    law: "naming",
    what: "a sibling has the house's name",
    from: '@collection(entity: "Flight")',
    to: '@collection(entity: "Flight", aggregate: "flights_aggregate") flights_aggregate: Int',
    broken: [],
  },
  {
    law: "naming",
    what: "`where` is of another type than the house's",
    from: "flights(where: flights_bool_exp)",
    to: "flights(where: FlightFilter)",
    broken: ["Query.flights"],
  },
  {
    law: "naming",
    what: "a collection of another dialect has names of its own",
    from: '(where: flights_bool_exp): [Flight!]! @collection(entity: "Flight")',
    to: '(where: FlightFilter): [Flight!]! @collection(entity: "Flight", dialect: "plain", aggregate: "delay")',
    broken: [],
  },
  { law: "descriptions", what: "all is described", broken: [] },
  {
    law: "descriptions",
    what: "a field is not",
    from: '  "Minutes late."\n',
    to: "",
    broken: ["Flight.delay"],
  },
  { law: "descriptions", what: "a type is not", from: '"A flight."\n', to: "", broken: ["Flight"] },
  {
    law: "descriptions",
    what: "an argument is not",
    ...column("late(by: Int): Boolean"),
    broken: ["Flight.late(by:)"],
  },
  { law: "descriptions", what: "the arguments of a collection need none, nor a neighbour's key", broken: [] },
  {
    law: "scalars",
    what: "a day is text",
    ...column("departureDate: String"),
    broken: ["Flight.departureDate"],
  },
  { law: "scalars", what: "a time is text", ...column("updated_at: String!"), broken: ["Flight.updated_at"] },
  { law: "scalars", what: "a day is a day", ...column("departureDate: DateTime"), broken: [] },
  {
    law: "scalars",
    what: "a name only begins with a day",
    ...column("dateFormat: String at: String chat: String"),
    broken: [],
  },
  {
    law: "scalars",
    what: "money is a Float",
    ...column("ticketPrice: Float"),
    broken: ["Flight.ticketPrice"],
  },
  {
    law: "scalars",
    what: "a measure is a Float",
    ...column("priceIndex: Float distance: Float"),
    broken: [],
  },
  { law: "scalars", what: "a code is a number", ...column("zip: Int"), broken: ["Flight.zip"] },
  {
    law: "personalData",
    what: "nothing is of a person",
    ...column("name: String size: Int species: String ipsum: String state: String"),
    broken: [],
  },
  ...[
    "email",
    "eMail",
    "e_mail",
    "EMail",
    "customerEmail",
    "phoneNumber",
    "phone_no",
    "mobile",
    "dateOfBirth",
    "birth_date",
    "birthDate",
    "birthday",
    "home_address",
    "emailAddress",
    "ipAddress",
    "clientIp",
    "ip",
    "surname",
    "lastName",
    "first_name",
    "iban",
    "IBAN",
    "passportNumber",
    "gender",
    "phones",
  ].map(
    (name): Row => ({
      law: "personalData",
      what: `${name} is not classified`,
      ...column(`${name}: String`),
      broken: [`Flight.${name}`],
    }),
  ),
  {
    law: "personalData",
    what: "e-mail addresses are classified",
    ...column("email: String"),
    classified: ["email"],
    broken: [],
  },
  {
    law: "personalData",
    what: "only another column is classified",
    ...column("email: String phone: String"),
    classified: ["email"],
    broken: ["Flight.phone"],
  },
  {
    law: "deprecation",
    what: "until when and what instead are said",
    ...column('late: Int @deprecated(reason: "Use `Flight.delay`. Ends 2027-06-30. It is the same.")'),
    broken: [],
  },
  {
    law: "deprecation",
    what: "nothing is said",
    ...column("late: Int @deprecated"),
    broken: ["Flight.late", "Flight.late"],
  },
  {
    law: "deprecation",
    what: "its time is over",
    ...column('late: Int @deprecated(reason: "Use `Flight.delay`. Ends 2026-06-30.")'),
    broken: ["Flight.late"],
  },
  {
    law: "deprecation",
    what: "what is to replace it is nowhere",
    ...column('late: Int @deprecated(reason: "Use `Flight.lateness`. Ends 2027-06-30.")'),
    broken: ["Flight.late"],
  },
  {
    law: "deprecation",
    what: "what is to replace it is a neighbour's",
    ...column('late: Int @deprecated(reason: "Use `Query.airports(where:)`. Ends 2027-06-30.")'),
    broken: [],
  },
];

/** The least contract that the standard takes. */
const contractOf = (columns: readonly string[]) => `apiVersion: v3.1.0
kind: DataContract
id: flights
version: 1.0.0
status: active
schema:
  - name: Flight
    properties:
${columns.map((name) => `      - { name: ${name}, logicalType: string, classification: confidential }`).join("\n")}
`;

describe("a law of the mesh", () => {
  it.each(rows)("$law: $what", ({ law, from, to, broken, classified }) => {
    const sdl = from === undefined ? flights : flights.replace(from, to ?? "");
    if (from !== undefined) expect(sdl).not.toBe(flights);
    const contract = classified && { file: "contract.yaml", text: contractOf(classified) };
    const { findings } = checkFlights(head + sdl, { ...(contract && { contract }) });
    const { code } = laws.find(({ name }) => name === law) as { code: string };
    const found = findings.filter((finding) => finding.code === code);
    expect(found.map(({ coordinate }) => coordinate)).toEqual(broken);
    for (const { place, fix, text } of found) {
      expect(place?.subgraph).toBe("flights");
      expect(text).toMatch(/\.$/);
      expect(fix).toMatch(/^[A-Z].*\.?$/);
    }
  });

  it("contract: there is none", () => {
    const found = (contract?: { file: string; text: string }) =>
      checkFlights(head + flights, {
        laws: { contract: "warning" },
        ...(contract && { contract }),
      }).findings.filter(({ code }) => code === "LAW_CONTRACT");
    expect(found()).toMatchObject([{ coordinate: "Flight", severity: "warning" }]);
    expect(found({ file: "contract.yaml", text: contractOf(["id"]) })).toEqual([]);
  });

  it("is as grave as the mesh says", () => {
    const sdl = head + flights.replace('  "Minutes late."\n', "");
    const severities = (["error", "warning", "off"] as const).map((descriptions) =>
      checkFlights(sdl, { laws: { descriptions } }).findings.map(({ severity }) => severity),
    );
    expect(severities).toEqual([["error"], ["warning"], []]);
  });

  it("has a key in the mesh's configuration, and its standard severity there", () => {
    const configured = configSchema.parse({ subgraphs: [{ name: "a", url: "http://a.weft.example" }] }).laws;
    expect(configured).toEqual(Object.fromEntries(laws.map(({ name, severity }) => [name, severity])));
  });
});

describe("keys from version to version", () => {
  const published = { version: "1.0.0", sdl: head + flights };

  it("a published key stays", () => {
    const sdl =
      head + flights.replace('type Flight @key(fields: "id")', 'type Flight @key(fields: "id from")');
    const { findings } = checkFlights(sdl, { published, version: "2.0.0" });
    expect(findings.filter(({ code }) => code === "LAW_KEYS")).toMatchObject([{ coordinate: "Flight" }]);
  });

  it("a further key may come", () => {
    const sdl =
      head +
      flights.replace(
        'type Flight @key(fields: "id")',
        'type Flight @key(fields: "id") @key(fields: "id from")',
      );
    expect(checkFlights(sdl, { published, version: "1.1.0" }).findings).toEqual([]);
  });
});

describe("the version", () => {
  const published = { version: "1.2.3", sdl: head + flights };
  const removed = flights.replace('  "Minutes late."\n  delay: Int\n', "");
  const added = flights.replace("delay: Int", 'delay: Int "Gate." gate: Int');
  const reworded = flights.replace('"Minutes late."', '"Minutes late on arrival."');
  it.each([
    ["breaking", removed, "2.0.0", "1.3.0"],
    ["something new", added, "1.3.0", "1.2.4"],
    ["words", reworded, "1.2.4", "1.2.3"],
  ])("%s", (_, sdl, least, less) => {
    const versionFindings = (version: string) =>
      checkFlights(head + sdl, { published, version }).findings.filter(({ code }) => code === "LAW_VERSION");
    expect(versionFindings(least)).toEqual([]);
    expect(versionFindings("3.0.0")).toEqual([]);
    expect(versionFindings(less)).toMatchObject([{ severity: "error", fix: expect.stringContaining(least) }]);
  });

  it("stays where nothing changed, and never falls", () => {
    expect(checkFlights(head + flights, { published, version: "1.2.3" }).findings).toEqual([]);
    expect(checkFlights(head + flights, { published, version: "1.2.2" }).findings).toMatchObject([
      { code: "LAW_VERSION" },
    ]);
  });

  it("is a semantic one", () => {
    expect(checkFlights(head + flights, { version: "v1" }).findings).toMatchObject([{ code: "LAW_VERSION" }]);
  });
});
