select iata, {aggregate: (select {count: count(*)::int, avg: {delay: avg(delay)}} from flights f where f.origin = iata)} as departures_aggregate
from airports order by (select count(*) from flights f where f.origin = iata) desc, iata limit 5;
