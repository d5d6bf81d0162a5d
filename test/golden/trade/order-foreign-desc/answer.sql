select c.id
from customers c left join nations n on n.code = c.nation
where c.segment = 'FURNITURE'
order by n.name desc nulls first, c.id limit 5 offset 25;
