select l.order_number as "orderNumber", {brand: p.brand} as part, {date: o.date} as purchase
from line_items l left join parts p on p.id = l.part left join orders o on o.number = l.order_number
where l.line = 7 and l.return_flag = 'R'
order by p.brand asc nulls last, o.date desc nulls first, l.quantity, l.order_number, l.line limit 8 offset 3;
