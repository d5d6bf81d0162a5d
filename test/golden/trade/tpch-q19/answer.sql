select {count: count(*)::int, sum: {revenue: sum(revenue)}} as aggregate
from line_items l join parts p on p.id = l.part
where mode in ('AIR', 'REG AIR') and (
  (quantity between 1 and 11 and brand = 'Brand#12' and container = 'SM BOX' and size between 1 and 5)
  or (quantity between 10 and 20 and brand = 'Brand#23' and container = 'MED BAG' and size between 1 and 10)
  or (quantity between 20 and 30 and brand = 'Brand#34' and container = 'LG CASE' and size between 1 and 15));
