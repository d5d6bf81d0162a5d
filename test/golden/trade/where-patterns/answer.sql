select {count: count(*)::int} as aggregate from customers c join nations n on n.code = c.nation where n.name ilike 'united%';
select {count: count(*)::int} as aggregate
from orders o join customers c on c.id = o.customer join nations n on n.code = c.nation
where c.name = 'a_b' and n.name not like '%A%';
select {count: count(*)::int} as aggregate
from line_items l join orders o on o.number = l.order_number join parts p on p.id = l.part
where o.remark = '100%' and p.name not ilike '%linen';
