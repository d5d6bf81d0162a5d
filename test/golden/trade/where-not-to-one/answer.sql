select {count: count(*)::int} as aggregate
from customers c
where not exists (
  from nations n join regions r on r.id = n.region where n.code = c.nation and r.name <> 'ASIA');
