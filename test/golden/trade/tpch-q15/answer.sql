select {supplier: {id: s.id, name: s.name}} as by, {sum: {revenue: sum(revenue)}} as aggregate
from line_items l join suppliers s on s.id = l.supplier
where shipped >= '1996-01-01' and shipped < '1996-04-01'
group by s.id, s.name order by sum(revenue) desc, s.id limit 1;
