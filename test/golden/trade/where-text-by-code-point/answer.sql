select {count: count(*)::int, min: {id: min(c.id)}} as aggregate
from customers c join nations n on n.code = c.nation where n.name > '～';
select s.id, {name: n.name} as nation
from suppliers s join nations n on n.code = s.nation where n.name >= '～ ' order by s.id;
