select c.id, array(
    select {number: o.number} from orders o
    where o.customer = c.id and exists (
      from line_items l join parts p on p.id = l.part where l.order_number = o.number and p.container = 'SM BOX')
    order by o.number limit 2) as orders
from customers c join nations n on n.code = c.nation where n.name = 'ALGERIA' order by c.id limit 4;
