select code from nations order by code;
select {count: count(*)::int} as aggregate from suppliers s where exists (from nations n where n.code = s.nation and n.name <> 'IRAN');
