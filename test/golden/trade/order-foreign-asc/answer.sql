select c.id, {name: n.name} as nation
from customers c left join nations n on n.code = c.nation
order by n.name asc nulls last, c.id limit 5;
