select p.id from parts p where p.size = 7
order by (select max(shipped) from line_items l where l.part = p.id) desc nulls last,
  (select avg(weight) from line_items l where l.part = p.id) asc nulls last, p.id limit 5;
