select f.id, f.date, {iata: o.iata, state: {name: s.name}} as origin, {iata: d.iata} as destination
from flights f join airports o on o.iata = f.origin left join states s on s.code = o.state
  join airports d on d.iata = f.destination join states t on t.code = d.state
where t.name like 'Hawai%' order by f.date desc, f.id limit 4;
