select {supplier: {nation: {name: n.name}}, purchase: {customer: {segment: c.segment}}} as by,
  {count: count(*)::int, avg: {price: avg(price)}} as aggregate
from line_items l left join suppliers s on s.id = l.supplier left join nations n on n.code = s.nation
  left join orders o on o.number = l.order_number left join customers c on c.id = o.customer
where l.quantity >= 40
group by n.name, c.segment having count(*) >= 30
order by count(*) desc, n.name nulls last, c.segment nulls last limit 6;
