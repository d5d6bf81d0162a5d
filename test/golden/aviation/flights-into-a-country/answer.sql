select {count: count(*)::int, avg: {delay: avg(delay), distance: avg(distance)}} as aggregate
from flights f join airports d on d.iata = f.destination join countries c on c.code = d.country
  join airports o on o.iata = f.origin join states s on s.code = o.state
where c.name = 'United States' and s.name = 'Hawaii';
