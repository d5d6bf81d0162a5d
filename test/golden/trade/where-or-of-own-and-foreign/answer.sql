select {count: count(*)::int, min: {id: min(id)}, max: {id: max(id)}} as aggregate
from customers c
where balance < -900 or exists (from nations n where n.code = c.nation and n.name = 'KENYA');
