select {purchase: {date_year: date_trunc('year', o.date)::date}} as by, {sum: {revenue: sum(revenue)}} as aggregate
from line_items l join parts p on p.id = l.part join orders o on o.number = l.order_number join customers c on c.id = o.customer
  join nations n on n.code = c.nation join regions r on r.id = n.region
where r.name = 'AMERICA' and o.date between '1995-01-01' and '1996-12-31' and p.type = 'ECONOMY ANODIZED STEEL'
group by date_trunc('year', o.date) order by date_trunc('year', o.date);
select {purchase: {date_year: date_trunc('year', o.date)::date}} as by, {sum: {revenue: sum(revenue)}} as aggregate
from line_items l join parts p on p.id = l.part join orders o on o.number = l.order_number join customers c on c.id = o.customer
  join nations n on n.code = c.nation join regions r on r.id = n.region
  join suppliers s on s.id = l.supplier join nations m on m.code = s.nation
where r.name = 'AMERICA' and o.date between '1995-01-01' and '1996-12-31' and p.type = 'ECONOMY ANODIZED STEEL' and m.name = 'PERÚ'
group by date_trunc('year', o.date) order by date_trunc('year', o.date);
