select {count: count(*)::int} as aggregate from customers where not coalesce(nation >= 'CN', false);
