select {count: count(*)::int, count_suppliers: count(distinct supplier)::int} as aggregate
from line_items l
where part is not null and supplier is not null
  and not exists (from part_supplies ps where ps.part = l.part and ps.supplier = l.supplier);
