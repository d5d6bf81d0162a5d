select k.id, k.date, {iata: a.iata, latitude: a.latitude, state: {name: s.name}} as airport
from strikes k join airports a on a.iata = k.airport left join states s on s.code = a.state
where a.state in ('CA', 'OR') and k.speed > 100
order by a.latitude desc, k.cost desc nulls last, k.id limit 5;
