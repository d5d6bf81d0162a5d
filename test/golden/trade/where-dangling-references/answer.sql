select id from customers c
where nation is not null and not exists (from nations n where n.code = c.nation)
order by id limit 4;
select {count: count(*)::int} as aggregate from customers c
where nation is not null and not exists (from nations n where n.code = c.nation);
