select o.number from orders o
order by (select count(*) from line_items l where l.order_number = o.number) desc, o.number limit 5 offset 10;
