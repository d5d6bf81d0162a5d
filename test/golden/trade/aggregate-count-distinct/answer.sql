select {modes: count(distinct mode)::int, parts: count(distinct part)::int, days: count(distinct shipped)::int, shipped: count(shipped)::int} as aggregate
from line_items l join orders o on o.number = l.order_number join customers c on c.id = o.customer where c.segment = 'BUILDING';
