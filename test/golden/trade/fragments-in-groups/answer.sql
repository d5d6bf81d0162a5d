select {status: o.status, customer: {nation: {name: n.name}}} as by, {count: count(*)::int} as aggregate
from orders o join customers c on c.id = o.customer left join nations n on n.code = c.nation
where c.segment = 'HOUSEHOLD'
group by o.status, n.name order by count(*) desc, o.status, n.name nulls last limit 3;
