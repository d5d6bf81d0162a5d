select l.order_number as "orderNumber", l.line, l.price
from line_items l left join orders o on o.number = l.order_number left join customers c on c.id = o.customer
  left join nations n on n.code = c.nation
where l.mode = 'FOB' and l.quantity = 50
order by n.name desc nulls last, l.price desc, l.order_number, l.line limit 6;
