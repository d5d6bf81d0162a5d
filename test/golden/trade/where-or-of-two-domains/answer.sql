select {count: count(*)::int, sum: {quantity: sum(quantity), revenue: sum(revenue)}} as aggregate
from line_items l
where exists (from parts p where p.id = l.part and p.brand = 'Brand#11')
  or exists (from orders o join customers c on c.id = o.customer where o.number = l.order_number and c.segment = 'MACHINERY');
