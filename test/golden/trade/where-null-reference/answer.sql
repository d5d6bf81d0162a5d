select {count: count(*)::int} as aggregate
from line_items l join orders o on o.number = l.order_number join customers c on c.id = o.customer
where l.part is null and c.nation is null;
