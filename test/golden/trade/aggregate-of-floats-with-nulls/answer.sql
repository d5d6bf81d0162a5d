select {
  count: count(*)::int, weighed: count(weight)::int, sum: {weight: sum(weight)}, avg: {weight: avg(weight)},
  min: {weight: min(weight), loaded: min(loaded)}, max: {weight: max(weight), loaded: max(loaded)},
  var_pop: {weight: var_pop(weight)}, stddev_pop: {weight: stddev_pop(weight)}
} as aggregate
from line_items l join parts p on p.id = l.part where p.brand like 'Brand#3_';
