select c.id, c.name, {name: n.name} as nation
from customers c join nations n on n.code = c.nation
where n.name = 'FRANCE'
order by c.id limit 5;
