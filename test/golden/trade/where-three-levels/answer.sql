select l.order_number as "orderNumber", l.line, l.price
from line_items l
where exists (
  from orders o join customers c on c.id = o.customer join nations n on n.code = c.nation
  where o.number = l.order_number and n.name = '日本')
order by l.order_number, l.line limit 5;
