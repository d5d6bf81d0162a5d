select {purchase: {customer: {id: o.customer, name: c.name, balance: c.balance, phone: c.phone, nation: {name: n.name}}}} as by,
  {sum: {revenue: sum(revenue)}} as aggregate
from line_items l join orders o on o.number = l.order_number left join customers c on c.id = o.customer left join nations n on n.code = c.nation
where l.return_flag = 'R' and o.date >= '1993-10-01' and o.date < '1994-01-01' and o.customer is not null
group by o.customer, c.name, c.balance, c.phone, n.name
order by sum(revenue) desc, o.customer limit 20;
