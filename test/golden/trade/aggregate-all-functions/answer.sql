select {
  count: count(*)::int,
  sum: {balance: sum(balance), id: sum(c.id)},
  avg: {balance: avg(balance), id: avg(c.id)},
  min: {balance: min(balance), since: min(since), name: min(c.name), segment: min(segment)},
  max: {balance: max(balance), since: max(since), name: max(c.name), segment: max(segment)},
  var_pop: {balance: var_pop(balance), id: var_pop(c.id)},
  stddev_pop: {balance: stddev_pop(balance), id: stddev_pop(c.id)}
} as aggregate
from customers c join nations n on n.code = c.nation join regions r on r.id = n.region where r.name = 'EUROPE';
