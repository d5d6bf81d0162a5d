select o.number from orders o left join customers c on c.id = o.customer left join nations n on n.code = c.nation
where o.date = '1995-03-15' or o.date = '1995-03-16'
order by n.name asc nulls last, o.number limit 4;
select o.number from orders o left join customers c on c.id = o.customer left join nations n on n.code = c.nation
where o.date = '1995-03-15' or o.date = '1995-03-16'
order by n.name asc nulls last, o.number limit 4 offset 4;
select o.number from orders o left join customers c on c.id = o.customer left join nations n on n.code = c.nation
where o.date = '1995-03-15' or o.date = '1995-03-16'
order by n.name asc nulls last, o.number limit 4 offset 8;
