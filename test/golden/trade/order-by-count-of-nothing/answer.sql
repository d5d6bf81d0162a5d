select o.number from orders o
order by (select count(*) from line_items l where l.order_number = o.number), o.number limit 3;
select o.number from orders o
order by (select sum(revenue) from line_items l where l.order_number = o.number) asc nulls last, o.number limit 3;
select o.number from orders o
order by (select sum(revenue) from line_items l where l.order_number = o.number) desc nulls first, o.number limit 3;
