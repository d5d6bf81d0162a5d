// The newcomer's table: lounges of airports, which it names by their codes. And what is asked of it.

const airports = [
  "SFO",
  "LAX",
  "SAN",
  "OAK",
  "JFK",
  "LGA",
  "ORD",
  "ATL",
  "DFW",
  "SEA",
  "BOS",
  "DEN",
  "MIA",
  "PHX",
];

const lounges = airports.flatMap((airport, i) =>
  ["Harbour", "Sequoia", "Skyline"].slice(0, 1 + (i % 3)).map((name, k) => ({
    id: i * 3 + k + 1,
    name,
    airport,
    opened: `20${10 + i}-0${1 + k}-15`,
    seats: 40 + i * 10 + k,
  })),
);

export const loungesCsv = [
  "id,Lounge Name,airport,opened,seats",
  ...lounges.map(({ id, name, airport, opened, seats }) => [id, name, airport, opened, seats].join(",")),
  "",
].join("\n");

export const loungesSql = `
  create schema hospitality;
  create table hospitality.lounges (
    id integer primary key, "Lounge Name" text not null, airport varchar(3) not null, opened date, seats integer);
  comment on table hospitality.lounges is 'A lounge for passengers who wait.';
  comment on column hospitality.lounges.seats is 'Seats.';
  insert into hospitality.lounges values
    ${lounges.map(({ id, name, airport, opened, seats }) => `(${id}, '${name}', '${airport}', '${opened}', ${seats})`).join(",\n    ")};`;

/** Filters lounges by the state of their airports, which another domain knows, and groups them by airport. */
export const loungesQuestion = `{
  lounges(where: { airport: { state: { code: { _eq: "CA" } } } }, order_by: [{ id: asc }], limit: 2) {
    id loungeName airport { name state { name } }
  }
  lounges_groups(
    where: { airport: { state: { code: { _eq: "CA" } } } }
    order_by: [{ by: { airport: { iata: asc } } }]
  ) { by { airport { iata } } aggregate { count sum { seats } } }
}`;
