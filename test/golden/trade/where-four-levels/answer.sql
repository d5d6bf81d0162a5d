select l.order_number as "orderNumber", l.line, l.shipped, {date: o.date, customer: {id: c.id}} as purchase
from line_items l join orders o on o.number = l.order_number join customers c on c.id = o.customer
  join nations n on n.code = c.nation join regions r on r.id = n.region
where l.quantity = 50 and r.name in ('AFRICA', 'EUROPE')
order by l.shipped desc nulls last, l.order_number, l.line limit 6;
