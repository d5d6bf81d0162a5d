// The questions, each with the statement that answers it where all tables are in one database.
import type { Question } from "./ask.ts";

export type AcrossQuestion = Question & {
  readonly name: string;
  /** Its rows are the answer's, in order; its columns the leaves of each object. */
  readonly sql: string;
};

/** The surface's example: three domains, one question. */
export const californiaByState: AcrossQuestion = {
  name: "delay out of California by state and month",
  query: `{
    flights_groups(
      where: { origin: { state: { code: { _eq: "CA" } } }, distance: { _gte: 500 } }
      having: { count: { _gt: 1000 } }
      order_by: [{ aggregate: { avg: { delay: desc } } }]
      limit: 10
    ) { by { destination { state { name } } date_month } aggregate { count avg { delay } } }
  }`,
  sql: `select s.name, date_trunc('month', f.date)::date as month, count(*)::integer, avg(f.delay) as delay
    from flights f join airports o on o.iata = f.origin left join airports d on d.iata = f.destination
      left join states s on s.code = d.state
    where o.state = 'CA' and f.distance >= 500 group by 1, 2 having count(*) > 1000 order by delay desc, 1, 2 limit 10`,
};

export const aviationQuestions: readonly AcrossQuestion[] = [
  californiaByState,
  {
    name: "delay out of Hawaii",
    query: `{ flights_aggregate(where: { origin: { state: { name: { _eq: "Hawaii" } } } }) { aggregate { count avg { delay } } } }`,
    sql: `select count(*)::integer, avg(delay) from flights join airports on iata = origin join states on code = state
      where states.name = 'Hawaii'`,
  },
  {
    name: "the latest flights to Hawaii",
    query: `{ flights(where: { destination: { state: { name: { _eq: "Hawaii" } } } }, order_by: [{ delay: desc }], limit: 20) {
      id delay origin { name } destination { name state { name } } } }`,
    sql: `select f.id, f.delay, o.name, d.name, s.name from flights f join airports d on d.iata = f.destination
      join states s on s.code = d.state left join airports o on o.iata = f.origin
      where s.name = 'Hawaii' order by f.delay desc, f.id limit 20`,
  },
  {
    name: "the busiest airports",
    query: `{ airports(order_by: [{ departures_aggregate: { count: desc } }], limit: 10) { iata name } }`,
    sql: `select iata, name from airports left join (select origin, count(*) as flights from flights group by 1) on origin = iata
      order by coalesce(flights, 0) desc, iata limit 10`,
  },
  {
    name: "states that very late flights came to",
    query: `{ states(where: { airports: { arrivals: { delay: { _gt: 600 } } } }) { code name } }`,
    sql: `select code, name from states where code in
      (select state from airports where iata in (select destination from flights where delay > 600)) order by code`,
  },
];

export const tradeQuestions: readonly AcrossQuestion[] = [
  {
    name: "what Germany bought, by the supplier's nation",
    query: `{ lineItems_groups(where: { purchase: { customer: { nation: { name: { _eq: "GERMANY" } } } } },
      order_by: [{ aggregate: { sum: { price: desc } } }]) { by { supplier { nation { name } } } aggregate { count sum { price } } } }`,
    sql: `select there.name, count(*)::integer, sum(price) as price from line_items join orders on number = purchase
      join customers on customers.id = customer join nations here on here.code = customers.nation
      join suppliers on suppliers.id = supplier join nations there on there.code = suppliers.nation
      where here.name = 'GERMANY' group by 1 order by price desc, 1`,
  },
  {
    name: "brands of large parts shipped in a month",
    query: `{ lineItems_groups(where: { shipped: { _gte: "1995-03-01", _lt: "1995-04-01" }, part: { size: { _gte: 45 } } },
      order_by: [{ aggregate: { count: desc } }], limit: 10) { by { part { brand } } aggregate { count avg { quantity } } } }`,
    sql: `select brand, count(*)::integer as lines, avg(quantity) from line_items join parts on parts.id = part
      where shipped >= '1995-03-01' and shipped < '1995-04-01' and size >= 45 group by 1 order by lines desc, 1 limit 10`,
  },
  {
    name: "the largest orders from Europe not shipped yet",
    query: `{ orders(where: { date: { _gte: "1995-03-01", _lt: "1995-03-15" }, lineItems: { shipped: { _gt: "1995-03-15" } },
        customer: { segment: { _eq: "BUILDING" }, nation: { region: { _eq: "EUROPE" } } } },
      order_by: [{ total: desc }], limit: 10) { number total date customer { name nation { name } } } }`,
    sql: `select number, total, date, customers.name, nations.name from orders join customers on customers.id = customer
      join nations on code = nation where date >= '1995-03-01' and date < '1995-03-15' and segment = 'BUILDING' and region = 'EUROPE'
        and number in (select purchase from line_items where shipped > '1995-03-15') order by total desc, number limit 10`,
  },
  {
    name: "small parts of a brand by what was sold of them",
    query: `{ parts(where: { brand: { _eq: "Brand#23" }, size: { _lt: 10 } },
      order_by: [{ lineItems_aggregate: { sum: { quantity: desc } } }], limit: 10) { id name } }`,
    sql: `select id, name from parts left join (select part, sum(quantity) as sold from line_items group by 1) on part = id
      where brand = 'Brand#23' and size < 10 order by sold desc nulls first, id limit 10`,
  },
  {
    name: "urgent orders of a month from suppliers in Asia",
    query: `{ lineItems_aggregate(where: { purchase: { priority: { _eq: "1-URGENT" }, date: { _gte: "1996-01-01", _lt: "1996-02-01" } },
      supplier: { nation: { region: { _eq: "ASIA" } } } }) { aggregate { count sum { price } avg { quantity } } } }`,
    sql: `select count(*)::integer, sum(price), avg(quantity) from line_items join orders on number = purchase
      join suppliers on suppliers.id = supplier join nations on code = nation
      where priority = '1-URGENT' and date >= '1996-01-01' and date < '1996-02-01' and region = 'ASIA'`,
  },
  {
    name: "nations whose suppliers had lines returned",
    query: `{ nations(where: { suppliers: { lineItems: { returnFlag: { _eq: "R" }, quantity: { _eq: 50 },
      shipped: { _gte: "1994-06-01", _lt: "1994-06-04" } } } }) { code name } }`,
    sql: `select code, name from nations where code in (select nation from suppliers where id in (select supplier from line_items
      where return_flag = 'R' and quantity = 50 and shipped >= '1994-06-01' and shipped < '1994-06-04')) order by code`,
  },
  {
    name: "customers of two nations who bought a kind of part",
    query: `{ customers(where: { nation: { name: { _like: "UNITED%" } },
      orders: { lineItems: { part: { brand: { _eq: "Brand#23" }, size: { _eq: 7 } } } } },
      order_by: [{ balance: desc }], limit: 20) { id name balance nation { name } } }`,
    sql: `select customers.id, customers.name, balance, nations.name from customers join nations on code = nation
      where nations.name like 'UNITED%' and customers.id in (select customer from orders where number in (select purchase
        from line_items where part in (select id from parts where brand = 'Brand#23' and size = 7)))
      order by balance desc, customers.id limit 20`,
  },
  {
    name: "orders by region and year",
    query: `{ orders_groups(order_by: [{ by: { customer: { nation: { region: asc } } } }, { by: { date_year: asc } }]) {
      by { customer { nation { region } } date_year } aggregate { count sum { total } } } }`,
    sql: `select region, date_trunc('year', date)::date::varchar as year, count(*)::integer, sum(total) from orders
      join customers on customers.id = customer join nations on code = nation group by 1, 2 order by 1, 2`,
  },
  {
    name: "a day's urgent lines by the price of the part",
    query: `{ lineItems(where: { shipped: { _eq: "1995-06-17" }, purchase: { priority: { _eq: "1-URGENT" } } },
      order_by: [{ part: { retail: desc } }], limit: 10) { id quantity part { name retail } supplier { name } } }`,
    sql: `select line_items.id, quantity, parts.name, retail, suppliers.name from line_items join parts on parts.id = part
      join suppliers on suppliers.id = supplier join orders on number = purchase
      where shipped = '1995-06-17' and priority = '1-URGENT' order by retail desc, line_items.id limit 10`,
  },
];
