select {priority: priority} as by, {count: count(*)::int} as aggregate
from orders o
where date >= '1993-07-01' and date < '1993-10-01' and exists (from line_items l where l.order_number = o.number and l.received > l.committed)
group by priority order by priority;
