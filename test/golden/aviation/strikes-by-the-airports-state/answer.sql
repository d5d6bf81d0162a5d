select {state: {name: s.name}, airport: {state: {name: t.name}}} as by, {count: count(*)::int, sum: {cost: sum(cost)}, var_pop: {cost: var_pop(cost)}} as aggregate
from strikes k left join states s on s.code = k.state left join airports a on a.iata = k.airport left join states t on t.code = a.state
where cost > 0
group by s.name, t.name having count(*) >= 5 order by sum(cost) desc nulls first, s.name nulls last, t.name nulls last limit 6;
