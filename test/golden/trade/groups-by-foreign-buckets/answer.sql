select {purchase: {date_quarter: date_trunc('quarter', o.date)::date}} as by, {count: count(*)::int, sum: {quantity: sum(quantity)}} as aggregate
from line_items l left join orders o on o.number = l.order_number where l.mode = 'MAIL'
group by date_trunc('quarter', o.date) order by date_trunc('quarter', o.date) desc nulls first limit 4;
select {purchase: {date_week: date_trunc('week', o.date)::date}} as by, {sum: {quantity: sum(quantity)}} as aggregate
from line_items l left join orders o on o.number = l.order_number where l.mode = 'MAIL'
group by date_trunc('week', o.date) order by sum(quantity) desc nulls first, date_trunc('week', o.date) nulls last limit 3;
select {purchase: {placed_day: timezone('America/New_York', o.placed)::date}} as by, {count: count(*)::int} as aggregate
from line_items l join orders o on o.number = l.order_number where o.date >= '1995-03-01' and o.date < '1995-03-04'
group by timezone('America/New_York', o.placed)::date order by timezone('America/New_York', o.placed)::date nulls last;
