// The rows of a trading mesh, shaped as TPC-H: made by SQL from row numbers alone, so that they are the same everywhere.

/** How many rows; about four line items an order, four supplies a part, 25 nations and 6 regions always. */
export type TradeSize = {
  readonly customers: number;
  readonly orders: number;
  readonly parts: number;
  /** Four at least. */
  readonly suppliers: number;
};

/** TPC-H's scale factor 0.01: about 60,000 line items. */
export const tradeSize: TradeSize = { customers: 1_500, orders: 15_000, parts: 2_000, suppliers: 100 };

/** Small enough for hundreds of questions, and for an answer that a reader can count by hand. */
export const smallTradeSize: TradeSize = { customers: 60, orders: 200, parts: 24, suppliers: 12 };

/** Statements for DuckDB, by the domain whose tables they make. */
export type TradeTables = Readonly<
  Record<"geography" | "sales" | "logistics" | "catalogue", readonly string[]>
>;

/** A throw of a die with so many sides, from 0: another one for each seed and number, and always the same. */
const dice =
  "create macro dice(seed, number, sides) as (md5_number_lower(concat(seed, ':', number)) % sides)::integer";

/** One of a list. */
const pick = (seed: string, words: readonly string[]) =>
  `[${words.map((word) => `'${word.replaceAll("'", "''")}'`).join(", ")}][dice('${seed}', i, ${words.length}) + 1]`;

/** `value`, but one row in so many null, and one dangling. */
const loose = (seed: string, value: string, dangling: string, oneIn: number) =>
  `case dice('${seed}', i, ${oneIn}) when 0 then null when 1 then ${dangling} else ${value} end`;

/** An order's number. They lie around 2^53, where neighbours are one Float. */
const orderNumber = (i: string) => `(9007199254740900 + ${i})::bigint`;

/** Text that is sorted otherwise by UTF-16 than by code point, or that means something in a pattern. */
const remarks = [
  "plain",
  "Plain",
  "100%",
  "a_b",
  "a\\b",
  "～ wide",
  "😀 astral",
  "é acute",
  "special requests",
  'O\'Brien "q"',
  "",
];

const nations: readonly (readonly [code: string, name: string, region: number | null, population: string])[] =
  [
    ["DZ", "ALGERIA", 1, "46700000"],
    ["AR", "ARGENTINA", 2, "45500000"],
    ["BR", "BRAZIL", 2, "211000000"],
    ["CA", "CANADA", 2, "39300000"],
    ["EG", "EGYPT", 5, "114500000"],
    ["ET", "ETHIOPIA", 1, "128700000"],
    ["FR", "FRANCE", 4, "66400000"],
    ["DE", "GERMANY", 4, "84600000"],
    ["IN", "INDIA", 3, "1438000000"],
    ["ID", "INDONESIA", 3, "281200000"],
    ["IR", "IRAN", 5, "90600000"],
    ["IQ", "IRAQ", 5, "45100000"],
    ["JP", "日本", 3, "124500000"],
    ["JO", "JORDAN", 5, "11400000"],
    ["KE", "KENYA", 1, "55300000"],
    ["MA", "MOROCCO", 1, "37700000"],
    ["MZ", "MOZAMBIQUE", 1, "33600000"],
    ["PE", "PERÚ", 2, "33800000"],
    ["CN", "中国", 3, "9223372036854775807"],
    ["RO", "😀 ROMANIA", 4, "19100000"],
    ["SA", "SAUDI ARABIA", 5, "33300000"],
    ["VN", "～ VIETNAM", 3, "100300000"],
    ["RU", "Россия", 99, "143800000"],
    ["GB", "UNITED KINGDOM", null, "68300000"],
    ["US", "UNITED STATES", 2, "334900000"],
  ];
const nationCode = (seed: string) =>
  loose(
    `${seed}.null`,
    pick(
      `${seed}.nation`,
      nations.map(([code]) => code),
    ),
    "'XX'",
    30,
  );

export function tradeTables({ customers, orders, parts, suppliers }: TradeSize): TradeTables {
  const supplierId = (n: string) => `printf('S-%05d', ${n})`;
  const supplierOf = (part: string, turn: string) =>
    supplierId(`(${part} + ${turn} * ${Math.floor(suppliers / 4)}) % ${suppliers} + 1`);
  return {
    geography: [
      "create table regions (id integer, name varchar, note varchar)",
      `insert into regions values (1, 'AFRICA', null), (2, 'AMERICA', 'two continents'), (3, 'ASIA', ''),
        (4, 'EUROPE', 'é'), (5, 'MIDDLE EAST', '～'), (6, 'ANTARCTICA', '😀')`,
      "create table nations (code varchar, name varchar, region integer, population bigint)",
      `insert into nations values ${nations
        .map(([code, name, region, population]) => `('${code}', '${name}', ${region}, ${population})`)
        .join(", ")}`,
    ],
    sales: [
      dice,
      `create table customers as select i::integer as id,
          case dice('customer.name', i, 9) when 0 then ${pick("customer.odd", remarks)} else printf('Customer#%05d', i) end as name,
          ${nationCode("customer")} as nation,
          ${pick("customer.segment", ["AUTOMOBILE", "BUILDING", "FURNITURE", "HOUSEHOLD", "MACHINERY"])} as segment,
          ((dice('customer.balance', i, 1100000) - 100000) / 100)::decimal(12, 2) as balance,
          printf('%d-%03d', 10 + dice('customer.country', i, 25), dice('customer.phone', i, 1000)) as phone,
          case when dice('customer.joined', i, 12) > 0 then date '1990-01-01' + dice('customer.since', i, 1500) end as since
        from range(1, ${customers + 1}) as made(i)`,
      // As in TPC-H, a third of the customers has no orders.
      `create table orders as select ${orderNumber("i")} as number,
          ${loose("order.null", `(dice('order.customer', i, ${Math.floor((customers * 2) / 3)}) * 3 // 2 + 1)::integer`, `${customers} + 1000`, 25)} as customer,
          ${pick("order.status", ["F", "F", "F", "O", "O", "O", "P"])} as status,
          ((dice('order.total', i, 45000000) + 85000) / 100)::decimal(15, 2) as total,
          date '1992-01-01' + dice('order.date', i, 2400) as date,
          case when dice('order.placed', i, 10) > 0 then
            (timestamptz '1992-01-01 00:00:00+00' + to_days(dice('order.date', i, 2400)) + to_seconds(dice('order.second', i, 86400))) end as placed,
          ${pick("order.priority", ["1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"])} as priority,
          dice('order.ship', i, 3) as ship_priority,
          case when dice('order.remark', i, 4) > 0 then ${pick("order.words", remarks)} end as remark
        from range(1, ${orders + 1}) as made(i)`,
      "drop macro dice",
    ],
    catalogue: [
      dice,
      `create table parts as select i::integer as id,
          concat_ws(' ', ${pick("part.colour", ["green", "forest", "azure", "é", "😀", "～"])}, ${pick("part.thing", ["almond", "linen", "misty", "Linen"])}) as name,
          'Brand#' || (1 + dice('part.maker', i, 5)) || (1 + dice('part.brand', i, 5)) as brand,
          concat_ws(' ', ${pick("part.type", ["PROMO", "STANDARD", "ECONOMY", "LARGE"])}, ${pick("part.finish", ["ANODIZED", "BRUSHED"])}, ${pick("part.metal", ["TIN", "BRASS", "STEEL"])}) as type,
          case when dice('part.sized', i, 15) > 0 then 1 + dice('part.size', i, 50) end as size,
          ${pick("part.container", ["SM BOX", "MED BAG", "LG CASE", "JUMBO PKG"])} as container,
          (900 + (i % 1000) / 10)::decimal(12, 2) as retail
        from range(1, ${parts + 1}) as made(i)`,
      `create table suppliers as select ${supplierId("i")} as id, printf('Supplier#%05d', i) as name,
          ${nationCode("supplier")} as nation,
          ((dice('supplier.balance', i, 1100000) - 100000) / 100)::decimal(12, 2) as balance,
          case when dice('supplier.rated', i, 6) > 0 then dice('supplier.rating', i, 1000) / 7 end as rating,
          ${pick("supplier.remark", [...remarks, "Customer Complaints"])} as remark
        from range(1, ${suppliers + 1}) as made(i)`,
      `create table part_supplies as
        select part::integer as part, ${supplierOf("part", "turn")} as supplier, dice('supply.available', i, 10000) as available,
          ((dice('supply.cost', i, 99900) + 100) / 100)::decimal(12, 2) as cost
        from (select part, turn, part * 4 + turn as i from range(1, ${parts + 1}) as a(part), range(4) as b(turn))`,
      "drop macro dice",
    ],
    logistics: [
      dice,
      // One order in a hundred is known here only.
      `create table line_items as
        select order_number, line::integer as line, ${loose("line.part.null", "part", `${parts} + 500`, 40)} as part,
          ${loose("line.supplier.null", supplierOf("part", "dice('line.turn', i, 4)"), "'S-99999'", 50)} as supplier,
          quantity, price, discount, (price * (1 - discount))::decimal(15, 4) as revenue,
          (dice('line.tax', i, 9) / 100)::decimal(4, 2) as tax,
          ${pick("line.flag", ["R", "A", "N", "N"])} as return_flag, ${pick("line.status", ["O", "F"])} as line_status,
          shipped, committed, received, received > committed as late,
          ${pick("line.mode", ["AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"])} as mode,
          case when dice('line.weighed', i, 8) > 0 then dice('line.weight', i, 100000) / 300 end as weight,
          timestamp '1992-01-01 00:00:00' + to_hours(dice('line.loaded', i, 60000)) as loaded
        from (
          select *, (quantity * (90000 + (coalesce(part, 0) * 37) % 20000) / 100)::decimal(15, 2) as price,
            shipped + 1 + dice('line.received', i, 30) as received
          from (
            select order_number, line, i, (1 + dice('line.part', i, ${parts}))::integer as part,
              1 + dice('line.quantity', i, 50) as quantity, (dice('line.discount', i, 11) / 100)::decimal(4, 2) as discount,
              case when dice('line.shipped', i, 60) > 0 then date '1992-01-01' + dice('line.ship', i, 2500) end as shipped,
              date '1992-01-01' + dice('line.ship', i, 2500) + dice('line.commit', i, 40) as committed
            from (
              select ${orderNumber(`n + if(dice('line.order', n, 100) = 0, ${orders}, 0)`)} as order_number, line, n * 10 + line as i
              from range(1, ${orders + 1}) as a(n), range(1, 8) as b(line) where line <= 1 + dice('line.lines', n, 7)
            )
          )
        )`,
      "drop macro dice",
    ],
  };
}

/** The tables of all domains, for the oracle. */
export function allTables({ geography, sales, catalogue, logistics }: TradeTables): readonly string[] {
  return [...geography, ...sales, ...catalogue, ...logistics];
}
