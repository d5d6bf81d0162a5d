select {nation: {name: n.name}} as by, {count: count(*)::int, avg: {balance: avg(balance)}, max: {since: max(since)}} as aggregate
from customers c left join nations n on n.code = c.nation
group by n.name
having (avg(balance) > 5200 or not count(*) < 70) and max(since) is not null
order by avg(balance) desc nulls first, n.name nulls last;
