select {count: count(*)::int} as aggregate
from customers c
where nation is null or exists (from nations n where n.code = c.nation and n.name like '%AN%');
