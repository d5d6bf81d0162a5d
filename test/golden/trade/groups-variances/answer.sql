select {purchase: {customer: {nation: {region: {name: r.name}}}}} as by, {
  avg: {quantity: avg(quantity), revenue: avg(revenue), weight: avg(weight)},
  var_pop: {quantity: var_pop(quantity), revenue: var_pop(revenue), weight: var_pop(weight)},
  stddev_pop: {quantity: stddev_pop(quantity), revenue: stddev_pop(revenue), weight: stddev_pop(weight)}
} as aggregate
from line_items l left join orders o on o.number = l.order_number left join customers c on c.id = o.customer
  left join nations n on n.code = c.nation left join regions r on r.id = n.region
group by r.name order by r.name nulls last;
