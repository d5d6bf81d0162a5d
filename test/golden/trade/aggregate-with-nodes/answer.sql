select {count: count(*)::int, sum: {total: sum(total)}} as aggregate,
  coalesce(list({number: number, customer: if(customer is null, null, {id: customer})} order by number), []) as nodes
from orders o
where exists (
  from line_items l join parts p on p.id = l.part join suppliers s on s.id = l.supplier join nations n on n.code = s.nation
  where l.order_number = o.number and l.quantity = 50 and p.size = 1 and n.name = 'BRAZIL');
