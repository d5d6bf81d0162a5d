select l.order_number as "orderNumber", l.line
from line_items l join parts p on p.id = l.part join orders o on o.number = l.order_number
  join suppliers s on s.id = l.supplier join nations n on n.code = s.nation
where p.container = 'JUMBO PKG' and o.priority = '1-URGENT' and o.date >= '1998-01-01' and n.name = 'GERMANY'
order by l.order_number, l.line limit 5;
