select {nation: {name: n.name}} as by, {count: count(*)::int, sum: {balance: sum(balance)}} as aggregate
from customers c left join nations n on n.code = c.nation
where (phone like '13-%' or phone like '31-%') and balance > 4500.5 and not exists (from orders o where o.customer = c.id)
group by n.name order by n.name nulls last;
