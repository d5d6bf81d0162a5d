select a.iata, array(
  select {id: f.id, destination: {name: d.name}}
  from flights f join airports d on d.iata = f.destination join states s on s.code = d.state join countries c on c.code = s.country
  where f.origin = a.iata and c.name = 'United States' and d.longitude > -75 order by d.name, f.id limit 2) as departures
from airports a where a.iata in ('SFO', 'OAK') order by a.iata;
