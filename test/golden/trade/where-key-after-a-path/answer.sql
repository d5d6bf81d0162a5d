select {count: count(*)::int} as aggregate
from orders o join customers c on c.id = o.customer where c.nation in ('XX', 'FR');
select {count: count(*)::int} as aggregate
from line_items l join orders o on o.number = l.order_number join customers c on c.id = o.customer
where c.nation in ('XX', 'FR');
