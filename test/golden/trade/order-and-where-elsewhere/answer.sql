select o.number, {nation: {name: n.name}} as customer
from orders o join customers c on c.id = o.customer join nations n on n.code = c.nation join regions r on r.id = n.region
where r.name = 'AMERICA' and o.date >= '1998-06-01'
order by n.name, (select sum(quantity) from line_items l where l.order_number = o.number) desc nulls first, o.number limit 6;
