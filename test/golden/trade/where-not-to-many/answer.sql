select part as "partId", supplier as "supplierId"
from part_supplies ps
where not exists (from line_items l where l.part = ps.part and l.supplier = ps.supplier)
order by part, supplier limit 6;
