select c.id, {aggregate: (select {count: count(*)::int, sum: {total: sum(total)}} from orders o
    where o.customer = c.id and exists (from line_items l where l.order_number = o.number and l.late and l.quantity > 40))} as orders_aggregate
from customers c where c.id <= 4 order by c.id;
