select {count: count(*)::int} as aggregate
from customers c join nations n on n.code = c.nation where n.code = 'XX' or n.name = 'IRAQ';
