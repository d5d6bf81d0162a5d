select s.id from suppliers s left join nations n on n.code = s.nation order by n.name asc nulls first, s.id limit 12;
