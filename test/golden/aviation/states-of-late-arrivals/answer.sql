select code, name from states s
where exists (from airports a join flights f on f.destination = a.iata where a.state = s.code and f.delay > 400) order by code;
select code from countries c
where exists (from airports a where a.country = c.code and not exists (from flights f where f.destination = a.iata))
order by (select count(*) from airports a where a.country = c.code) desc, code limit 3;
