select {supplier: {nation: {name: m.name}}, purchase: {customer: {nation: {name: n.name}}}, shipped_year: date_trunc('year', shipped)::date} as by,
  {sum: {revenue: sum(revenue)}} as aggregate
from line_items l join orders o on o.number = l.order_number join customers c on c.id = o.customer join nations n on n.code = c.nation
  join suppliers s on s.id = l.supplier join nations m on m.code = s.nation
where shipped between '1995-01-01' and '1996-12-31'
  and ((m.name = 'FRANCE' and n.name = 'GERMANY') or (m.name = 'GERMANY' and n.name = 'FRANCE'))
group by m.name, n.name, date_trunc('year', shipped) order by m.name, n.name, date_trunc('year', shipped);
