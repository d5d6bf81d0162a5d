// Loads the reports of wildlife strikes and finds the airport behind each dirty name.
import { fileURLToPath } from "node:url";
import { sql } from "weft/sdk";

const data = import.meta.resolve("vega-datasets");
const strikesCsv = fileURLToPath(new URL("../data/birdstrikes.csv", data));
const airportsCsv = fileURLToPath(new URL("../data/airports.csv", data));

/** The states that reports name, most of them in full. */
const stateNames = `Arizona AZ|California CA|Colorado CO|DC DC|Florida FL|Georgia GA|Hawaii HI|Illinois IL|Indiana IN
|Kentucky KY|Louisiana LA|Maryland MD|Massachusetts MA|Michigan MI|Minnesota MN|Missouri MO|Nebraska NE|New Jersey NJ
|New York NY|North Carolina NC|Ohio OH|Oklahoma OK|Oregon OR|Pennsylvania PA|South Carolina SC|Tennessee TN|Texas TX
|Utah UT|Washington WA`;

/** Four airports that the registry lists under an earlier or a later name. */
const renamed = `map { 'CHICAGO MIDWAY INTL ARPT': 'Chicago Midway', 'GREATER PITTSBURGH': 'Pittsburgh Intl',
  'MINETA SAN JOSE INTL': 'San Jose Intl', 'NEWARK LIBERTY INTL ARPT': 'Newark Intl' }`;

export const loadStrikes: readonly string[] = [
  sql`create table state_names as
    select trim(entry)[:-4] as name, trim(entry)[-2:] as code
    from (select unnest(string_split(${stateNames.replaceAll("\n", "")}, '|')) as entry)`,
  // The words of an airport's name: lower case, abbreviations spelt out, "airport" left out.
  `create macro words(name) as list_filter(
    list_transform(regexp_extract_all(replace(lower(name), '''', ''), '[a-z0-9]+'), lambda w: coalesce(map {
      'intl': 'international', 'natl': 'national', 'metro': 'metropolitan', 'wash': 'washington',
      'arpt': 'airport' }[w], w)),
    lambda w: w <> 'airport')`,
  sql`create table reports as
    select (row_number() over ())::integer as id, * from read_csv(${strikesCsv}, header = true, all_varchar = true,
      nullstr = '', parallel = false)`,
  `alter table reports add column reported varchar`,
  `update reports set reported = coalesce(${renamed}["Airport Name"], "Airport Name")`,
  sql`create table registry as
    select iata, name, city, state from read_csv(${airportsCsv}, header = true, all_varchar = true, nullstr = 'NA')`,
  // An airport is meant where it is the only one of the reported state whose name, city and state hold every word of
  // the reported name. Both airports of DC stand in Virginia.
  `create table matched as
    select reported, code, any_value(iata) as iata
    from (select distinct reported, code from reports join state_names on "Origin State" = state_names.name)
    join registry on registry.state = if(code = 'DC', 'VA', code)
      and list_has_all(words(concat_ws(' ', registry.name, registry.city, registry.state)), words(reported))
    group by all having count(*) = 1`,
  `create table strikes as
    select id, "Flight Date"::date as date, "Wildlife Species" as species, "Wildlife Size" as size,
      "Phase of flight" as phase, "Effect Amount of damage" as damage, "Cost Total $"::bigint as cost,
      "Speed IAS in knots"::integer as speed, iata as airport, code as state
    from reports left join state_names on "Origin State" = state_names.name left join matched using (reported, code)
    order by id`,
  "drop table reports",
  "drop table registry",
  "drop table matched",
  "drop table state_names",
];
