select part as "partId", supplier as "supplierId", available
from part_supplies ps
where exists (
  from line_items l join orders o on o.number = l.order_number
  where l.part = ps.part and l.supplier = ps.supplier and l.quantity = 50 and l.discount = 0.1 and o.status = 'P')
order by part, supplier limit 6;
