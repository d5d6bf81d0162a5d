select {part: {brand: p.brand}} as by, {count: count(*)::int, sum: {quantity: sum(quantity)}} as aggregate
from line_items l join parts p on p.id = l.part join orders o on o.number = l.order_number
where o.priority = '5-LOW' group by p.brand having sum(quantity) > 10000 order by count(*) desc, p.brand limit 5;
