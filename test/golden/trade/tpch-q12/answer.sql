select {mode: mode, purchase: {priority: o.priority}} as by, {count: count(*)::int} as aggregate
from line_items l left join orders o on o.number = l.order_number
where mode in ('MAIL', 'SHIP') and late and received >= '1994-01-01' and received < '1995-01-01'
group by mode, o.priority order by mode, o.priority nulls last;
