select {count: count(*)::int} as aggregate from line_items where part is null or supplier is null;
