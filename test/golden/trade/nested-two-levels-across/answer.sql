select n.code, array(
    select {id: c.id, orders: array(
      select {number: o.number} from orders o
      where o.customer = c.id and exists (from line_items l where l.order_number = o.number and l.quantity = 50 and l.mode = 'TRUCK')
      order by o.number limit 1)}
    from customers c
    where c.nation = n.code and exists (
      from orders o join line_items l on l.order_number = o.number
      where o.customer = c.id and l.quantity = 50 and l.mode = 'TRUCK')
    order by c.id limit 2) as customers
from nations n where n.code in ('FR', 'DE') order by n.code;
