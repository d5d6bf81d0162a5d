select {shipped_year: date_trunc('year', l.shipped)::date, mode: l.mode} as by, {count: count(*)::int, sum: {revenue: sum(revenue)}} as aggregate
from line_items l join suppliers s on s.id = l.supplier join nations n on n.code = s.nation join regions r on r.id = n.region
  join parts p on p.id = l.part
where r.name = 'MIDDLE EAST' and p.type like '%BRASS'
group by date_trunc('year', l.shipped), l.mode order by date_trunc('year', l.shipped) nulls last, l.mode limit 6;
