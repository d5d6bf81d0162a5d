select c.id from customers c left join nations n on n.code = c.nation left join regions r on r.id = n.region
where (r.name = 'AMERICA' or c.balance < -950)
  and not exists (from orders o join line_items l on l.order_number = o.number where o.customer = c.id and l.return_flag = 'R')
order by r.name desc nulls first, c.balance, c.id limit 7;
select {count: count(*)::int} as aggregate from customers c left join nations n on n.code = c.nation left join regions r on r.id = n.region
where (r.name = 'AMERICA' or c.balance < -950)
  and not exists (from orders o join line_items l on l.order_number = o.number where o.customer = c.id and l.return_flag = 'R');
