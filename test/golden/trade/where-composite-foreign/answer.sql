select l.order_number as "orderNumber", l.line, {available: ps.available, cost: ps.cost} as supply
from line_items l join part_supplies ps on ps.part = l.part and ps.supplier = l.supplier
where ps.available < 10
order by l.order_number, l.line limit 5;
