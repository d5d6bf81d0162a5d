select l.order_number as "orderNumber", l.line, {number: o.number, total: o.total} as purchase
from line_items l join orders o on o.number = l.order_number
where o.number = 9007199254740993 and o.total > 0
order by l.order_number, l.line;
select number, total from orders o
where number in (9007199254740992, 9007199254740993)
  and exists (from line_items l where l.order_number = o.number and l.line >= 1)
order by number;
