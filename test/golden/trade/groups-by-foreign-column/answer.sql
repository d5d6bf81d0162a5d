select {nation: {name: n.name}} as by, {count: count(*)::int, avg: {balance: avg(balance)}} as aggregate
from customers c left join nations n on n.code = c.nation
group by n.name order by n.name asc nulls last limit 4;
