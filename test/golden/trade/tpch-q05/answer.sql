select {supplier: {nation: {name: m.name}}, purchase: {customer: {nation: {name: n.name}}}} as by, {sum: {revenue: sum(revenue)}} as aggregate
from line_items l join orders o on o.number = l.order_number join customers c on c.id = o.customer
  join nations n on n.code = c.nation join regions r on r.id = n.region
  join suppliers s on s.id = l.supplier join nations m on m.code = s.nation join regions q on q.id = m.region
where o.date >= '1994-01-01' and o.date < '1995-01-01' and r.name = 'ASIA' and q.name = 'ASIA'
group by m.name, n.name order by sum(revenue) desc, m.name, n.name;
