select n.code from nations n join regions r on r.id = n.region where r.note <> 'é' order by n.code;
select {count: count(*)::int} as aggregate from suppliers s
where not exists (from nations n join regions r on r.id = n.region where n.code = s.nation and r.note <> 'é');
select {count: count(*)::int} as aggregate from suppliers s
where exists (from nations n join regions r on r.id = n.region where n.code = s.nation and not (r.note <> 'é'));
