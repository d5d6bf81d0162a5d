select {count: count(*)::int} as aggregate from customers c where exists (from nations n where n.code = c.nation);
select {count: 0} as aggregate;
select {count: 0} as aggregate;
select {count: count(*)::int} as aggregate from customers;
