// The newcomer's table: lounges of airports, which it names by their codes. And what is asked of it.
import { readFileSync } from "node:fs";

export const loungesCsv = readFileSync(new URL("../../examples/lounges.csv", import.meta.url), "utf8");

const rows = loungesCsv
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","));

export const loungesSql = `
  create schema hospitality;
  create table hospitality.lounges (
    id integer primary key, "Lounge Name" text not null, airport varchar(3) not null, opened date, seats integer);
  comment on table hospitality.lounges is 'A lounge for passengers who wait.';
  comment on column hospitality.lounges.seats is 'Seats.';
  insert into hospitality.lounges values
    ${rows.map((row) => `(${row.map((value) => `'${value}'`).join(", ")})`).join(",\n    ")};`;

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
