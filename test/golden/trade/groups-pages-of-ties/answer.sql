select {customer: {nation: {name: n.name}, segment: c.segment}, status: o.status} as by, {count: count(*)::int} as aggregate
from orders o left join customers c on c.id = o.customer left join nations n on n.code = c.nation
where o.total > 440000
group by n.name, c.segment, o.status
order by count(*), n.name nulls last, c.segment nulls last, o.status limit 6 offset 5;
