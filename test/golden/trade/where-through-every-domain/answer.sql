select n.code
from nations n
where exists (
  from suppliers s join line_items l on l.supplier = s.id join orders o on o.number = l.order_number
    join customers c on c.id = o.customer join nations m on m.code = c.nation
  where s.nation = n.code and l.quantity = 50 and m.name = 'PERÚ')
order by n.code;
