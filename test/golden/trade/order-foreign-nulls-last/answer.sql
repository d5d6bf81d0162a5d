select s.id from suppliers s left join nations n on n.code = s.nation order by n.name desc nulls last, s.id offset 88;
