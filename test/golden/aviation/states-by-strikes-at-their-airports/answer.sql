select {state: {name: s.name}} as by, {count: count(*)::int} as aggregate
from airports a left join states s on s.code = a.state
where exists (from strikes k where k.airport = a.iata and k.size = 'Large')
group by s.name order by count(*) desc, s.name nulls last limit 5;
