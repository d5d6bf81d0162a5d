select o.number, o.date, {id: c.id, nation: {name: n.name}} as customer
from orders o join customers c on c.id = o.customer join nations n on n.code = c.nation where n.name = 'IRAQ' order by o.number limit 2;
select c.id, {name: n.name} as nation from customers c join nations n on n.code = c.nation where n.name = 'IRAQ' order by c.id limit 1;
