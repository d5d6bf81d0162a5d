select c.id
from customers c join nations n on n.code = c.nation
where n.name = 'MOROCCO' and exists (
  from orders o join line_items l on l.order_number = o.number join suppliers s on s.id = l.supplier
    join nations m on m.code = s.nation
  where o.customer = c.id and m.name = 'MOROCCO')
order by c.id limit 5;
