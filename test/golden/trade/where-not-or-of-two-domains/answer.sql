select {count: count(*)::int, sum: {price: sum(price)}} as aggregate
from line_items l
where not (exists (from suppliers s where s.id = l.supplier and s.rating > 20)
  or exists (from orders o where o.number = l.order_number and o.status in ('F', 'O')));
