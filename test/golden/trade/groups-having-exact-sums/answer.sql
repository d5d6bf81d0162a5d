select {part: {container: p.container}} as by, {sum: {quantity: sum(quantity), revenue: sum(revenue)}, min: {shipped: min(shipped)}} as aggregate
from line_items l join orders o on o.number = l.order_number join customers c on c.id = o.customer join nations n on n.code = c.nation
  left join parts p on p.id = l.part
where n.name = 'CANADA'
group by p.container
having sum(quantity) > 1700 and sum(revenue) > 2400000.5 and min(shipped) < '1992-02-01'
order by sum(quantity) desc, p.container nulls last;
