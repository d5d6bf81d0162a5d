select {count: count(*)::int} as aggregate
from orders o
where not exists (
  from line_items l where l.order_number = o.number
    and not exists (from parts p where p.id = l.part and p.size > 3));
