select id from regions order by id;
select code from nations n
where exists (from customers where nation = n.code) and exists (from suppliers where nation = n.code) order by code;
select {count: count(*)::int} as aggregate, list({name: name} order by id) as nodes
from regions r
where not exists (from nations n join customers c on c.nation = n.code where n.region = r.id);
