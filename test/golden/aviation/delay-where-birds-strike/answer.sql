select {origin: {iata: f.origin, name: a.name}} as by, {count: count(*)::int, avg: {delay: avg(delay)}, max: {delay: max(delay), date: max(date)}} as aggregate
from flights f join airports a on a.iata = f.origin
where exists (from strikes k where k.airport = a.iata and k.damage in ('Substantial', 'Medium') and k.cost > 100000)
group by f.origin, a.name order by f.origin, a.name limit 6;
