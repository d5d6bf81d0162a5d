select {destination: {state: {name: s.name}}, date_month: date_trunc('month', f.date)::date} as by,
  {count: count(*)::int, avg: {delay: avg(delay)}} as aggregate
from flights f join airports o on o.iata = f.origin
  left join airports d on d.iata = f.destination left join states s on s.code = d.state
where o.state = 'CA' and f.distance >= 500
group by s.name, date_trunc('month', f.date) having count(*) > 20
order by avg(delay) desc nulls first, s.name nulls last, date_trunc('month', f.date) limit 10;
