select {purchase: {number: o.number, date: o.date, shipPriority: o.ship_priority}} as by, {sum: {revenue: sum(revenue)}} as aggregate
from line_items l join orders o on o.number = l.order_number join customers c on c.id = o.customer
where l.shipped > '1995-03-15' and o.date < '1995-03-15' and c.segment = 'BUILDING'
group by o.number, o.date, o.ship_priority order by sum(revenue) desc, o.date, o.number limit 10;
