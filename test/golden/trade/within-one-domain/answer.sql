select ps.part as "partId", ps.supplier as "supplierId", ps.cost
from part_supplies ps join parts p on p.id = ps.part join suppliers s on s.id = ps.supplier
where p.brand = 'Brand#55' and s.rating > 100 order by p.size desc nulls last, ps.cost, ps.part, ps.supplier limit 4;
select {part: {brand: p.brand}} as by, {count: count(*)::int, avg: {cost: avg(cost)}} as aggregate
from part_supplies ps join parts p on p.id = ps.part group by p.brand order by avg(cost) desc, p.brand limit 2;
