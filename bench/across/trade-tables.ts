// The rows of a trading mesh, shaped as TPC-H, made by DuckDB from row numbers alone: the same in every process.

export const tradeDomains = ["geography", "sales", "catalogue", "supply", "logistics"] as const;
export type TradeDomain = (typeof tradeDomains)[number];

/** At scale 1: 150,000 customers, 1,500,000 orders, 6,000,000 line items, 200,000 parts, 10,000 suppliers. */
export type Scale = 0.01 | 0.1 | 1;

/** A throw of a die with so many sides, from 0: another one for each seed and number. */
const dice = "create macro dice(seed, number, sides) as (hash(seed, number) % sides)::integer";

const pick = (seed: string, words: readonly string[]) =>
  `[${words.map((word) => `'${word}'`).join(", ")}][dice('${seed}', i, ${words.length}) + 1]`;

const nations: readonly (readonly [code: string, name: string, region: string])[] = [
  ["DZ", "ALGERIA", "AFRICA"],
  ["AR", "ARGENTINA", "AMERICA"],
  ["BR", "BRAZIL", "AMERICA"],
  ["CA", "CANADA", "AMERICA"],
  ["EG", "EGYPT", "MIDDLE EAST"],
  ["ET", "ETHIOPIA", "AFRICA"],
  ["FR", "FRANCE", "EUROPE"],
  ["DE", "GERMANY", "EUROPE"],
  ["IN", "INDIA", "ASIA"],
  ["ID", "INDONESIA", "ASIA"],
  ["IR", "IRAN", "MIDDLE EAST"],
  ["IQ", "IRAQ", "MIDDLE EAST"],
  ["JP", "JAPAN", "ASIA"],
  ["JO", "JORDAN", "MIDDLE EAST"],
  ["KE", "KENYA", "AFRICA"],
  ["MA", "MOROCCO", "AFRICA"],
  ["MZ", "MOZAMBIQUE", "AFRICA"],
  ["PE", "PERU", "AMERICA"],
  ["CN", "CHINA", "ASIA"],
  ["RO", "ROMANIA", "EUROPE"],
  ["SA", "SAUDI ARABIA", "MIDDLE EAST"],
  ["VN", "VIETNAM", "ASIA"],
  ["RU", "RUSSIA", "EUROPE"],
  ["GB", "UNITED KINGDOM", "EUROPE"],
  ["US", "UNITED STATES", "AMERICA"],
];

const nation = (seed: string) =>
  pick(
    seed,
    nations.map(([code]) => code),
  );

/** Statements for DuckDB, by the domain whose tables they make. */
export function tradeTables(scale: Scale): Readonly<Record<TradeDomain, readonly string[]>> {
  const [customers, orders] = [150_000 * scale, 1_500_000 * scale];
  const [parts, suppliers] = [200_000 * scale, 10_000 * scale];
  return {
    geography: [
      "create table nations (code varchar, name varchar, region varchar)",
      `insert into nations values ${nations.map((each) => `(${each.map((word) => `'${word}'`).join(", ")})`).join(", ")}`,
    ],
    sales: [
      dice,
      `create table customers as select i::integer as id, printf('Customer#%09d', i) as name,
          ${nation("customer.nation")} as nation,
          ${pick("customer.segment", ["AUTOMOBILE", "BUILDING", "FURNITURE", "HOUSEHOLD", "MACHINERY"])} as segment,
          ((dice('customer.balance', i, 1100000) - 100000) / 100)::decimal(12, 2) as balance
        from range(1, ${customers + 1}) as made(i)`,
      `create table orders as select i::integer as number, 1 + dice('order.customer', i, ${customers}) as customer,
          ${pick("order.status", ["F", "F", "F", "O", "O", "O", "P"])} as status,
          ((dice('order.total', i, 45000000) + 85000) / 100)::decimal(15, 2) as total,
          dice('order.score', i, 1000000) as score,
          date '1992-01-01' + dice('order.date', i, 2400) as date,
          ${pick("order.priority", ["1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"])} as priority
        from range(1, ${orders + 1}) as made(i)`,
      "drop macro dice",
    ],
    catalogue: [
      dice,
      `create table parts as select i::integer as id, printf('Part#%09d', i) as name,
          'Brand#' || (1 + dice('part.maker', i, 5)) || (1 + dice('part.brand', i, 5)) as brand,
          1 + dice('part.size', i, 50) as size,
          (900 + (i % 1000) / 10)::decimal(12, 2) as retail
        from range(1, ${parts + 1}) as made(i)`,
      "drop macro dice",
    ],
    supply: [
      dice,
      `create table suppliers as select i::integer as id, printf('Supplier#%09d', i) as name,
          ${nation("supplier.nation")} as nation,
          ((dice('supplier.balance', i, 1100000) - 100000) / 100)::decimal(12, 2) as balance
        from range(1, ${suppliers + 1}) as made(i)`,
      "drop macro dice",
    ],
    logistics: [
      dice,
      `create table line_items as select i::integer as id, purchase,
          1 + dice('line.part', i, ${parts}) as part, 1 + dice('line.supplier', i, ${suppliers}) as supplier,
          1 + dice('line.quantity', i, 50) as quantity,
          ((dice('line.price', i, 10000000) + 90000) / 100)::decimal(12, 2) as price,
          dice('line.score', i, 1000000) as score,
          ${pick("line.flag", ["R", "A", "N", "N"])} as return_flag,
          ${pick("line.mode", ["AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"])} as mode,
          date '1992-01-01' + dice('order.date', purchase, 2400) + 1 + dice('line.shipped', i, 121) as shipped
        from (
          select n::integer as purchase, n * 8 + line as i
          from range(1, ${orders + 1}) as a(n), range(1, 8) as b(line) where line <= 1 + dice('line.lines', n, 7)
        )`,
      "drop macro dice",
    ],
  };
}
