select {part: {brand: p.brand, type: p.type, size: p.size}} as by, {count: count(*)::int, suppliers: count(distinct supplier)::int} as aggregate
from part_supplies ps join parts p on p.id = ps.part
where p.brand <> 'Brand#45' and p.type not like 'LARGE BRUSHED%' and p.size in (49, 14, 23, 45, 19, 3, 36, 9)
  and not exists (from suppliers s where s.id = ps.supplier and s.remark like '%Customer%Complaints%')
group by p.brand, p.type, p.size order by count(*) desc, p.brand, p.type, p.size limit 10;
