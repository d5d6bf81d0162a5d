select c.id, array(
    select {number: o.number} from orders o where o.customer = c.id
    order by (select sum(revenue) from line_items l where l.order_number = o.number) desc nulls first, o.number limit 2 offset 1) as orders
from customers c where c.id in (1, 4, 7, 10) order by c.id;
