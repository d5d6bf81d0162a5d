select c.id
from customers c
where exists (
  from orders o join line_items l on l.order_number = o.number
  where o.customer = c.id and l.late and l.mode = 'RAIL' and l.quantity = 1)
order by c.id limit 5;
