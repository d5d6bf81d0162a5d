select {date_hour: date_trunc('hour', f.date), destination: {country: {subregion: c.subregion}}} as by, {count: count(*)::int, stddev_pop: {distance: stddev_pop(distance)}} as aggregate
from flights f left join airports a on a.iata = f.destination left join countries c on c.code = a.country
where f.date >= '2001-03-05' and f.date < '2001-03-12'
group by date_trunc('hour', f.date), c.subregion having count(*) >= 8
order by date_trunc('hour', f.date), c.subregion nulls last limit 6;
