select {date_year: date_trunc('year', o.date)::date, customer: {nation: {region: {name: r.name}}}} as by,
  {count: count(*)::int, sum: {total: sum(total)}} as aggregate
from orders o left join customers c on c.id = o.customer left join nations n on n.code = c.nation left join regions r on r.id = n.region
where o.date >= '1996-01-01'
group by date_trunc('year', o.date), r.name
order by date_trunc('year', o.date), sum(total) desc nulls first, r.name limit 8;
