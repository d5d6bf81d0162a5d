select {supply: {cost: ps.cost, supplierId: l.supplier}, returnFlag: l.return_flag} as by, {count: count(*)::int, max: {price: max(price)}} as aggregate
from line_items l join part_supplies ps on ps.part = l.part and ps.supplier = l.supplier
where l.quantity <= 2 and ps.cost > 980
group by ps.cost, l.supplier, l.return_flag order by ps.cost, l.supplier, l.return_flag limit 6;
