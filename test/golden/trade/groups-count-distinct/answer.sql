select {part: {brand: p.brand}} as by,
  {count: count(*)::int, orders: count(distinct order_number)::int, suppliers: count(distinct supplier)::int, weighed: count(weight)::int} as aggregate
from line_items l left join parts p on p.id = l.part
group by p.brand order by p.brand nulls last limit 5;
