select s.id, {aggregate: {sum: {revenue: (select sum(revenue) from line_items l where l.supplier = s.id)}}} as "lineItems_aggregate"
from suppliers s
order by (select sum(revenue) from line_items l where l.supplier = s.id) desc nulls last, s.id limit 4;
