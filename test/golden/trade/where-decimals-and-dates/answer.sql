select number from orders o where exists (from line_items l where l.order_number = o.number and l.revenue = 36615.2904) order by number;
select {count: count(*)::int, sum: {revenue: sum(revenue), tax: sum(tax)}} as aggregate
from line_items l join orders o on o.number = l.order_number
where o.total >= 400000 and o.date < '1992-02-01' and o.placed > '1992-01-15 12:00:00+00';
