select o.number
from orders o
where exists (
  from line_items l join parts p on p.id = l.part
  where l.order_number = o.number and p.name like 'forest%' and p.size <= 5)
order by o.number limit 5;
