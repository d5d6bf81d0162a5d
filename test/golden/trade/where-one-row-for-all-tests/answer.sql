select {count: count(*)::int} as aggregate from orders o
where exists (from line_items l join parts p on p.id = l.part
  where l.order_number = o.number and l.mode = 'SHIP' and p.brand = 'Brand#22');
select {count: count(*)::int} as aggregate from orders o
where exists (from line_items l where l.order_number = o.number and l.mode = 'SHIP')
  and exists (from line_items l join parts p on p.id = l.part where l.order_number = o.number and p.brand = 'Brand#22');
