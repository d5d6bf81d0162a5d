select id from suppliers order by nation desc nulls first, id limit 12;
