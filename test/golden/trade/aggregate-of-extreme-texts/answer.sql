select {
  min: {remark: min(remark), priority: min(priority), placed: min(placed)},
  max: {remark: max(remark), priority: max(priority), placed: max(placed), number: max(number)}
} as aggregate
from orders o join customers c on c.id = o.customer join nations n on n.code = c.nation where n.name <> 'IRAN';
