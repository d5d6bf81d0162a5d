select n.name from nations n join regions r on r.id = n.region where r.name in ('EUROPE', 'ASIA') order by n.name desc;
select c.id, c.name from customers c left join nations n on n.code = c.nation
where c.nation in ('RO', 'VN', 'JP') order by n.name desc nulls first, c.name desc, c.id limit 8;
