select o.number, o.date
from orders o
where exists (from line_items l where l.order_number = o.number and l.quantity > 49 and l.mode = 'AIR')
order by o.number limit 5;
