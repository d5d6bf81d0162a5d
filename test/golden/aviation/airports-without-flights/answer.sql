select iata, a.name from airports a join states s on s.code = a.state
where s.name = 'Alaska' and not exists (from flights f where f.origin = iata) and not exists (from flights f where f.destination = iata)
order by iata limit 5;
