select s.id from suppliers s left join nations n on n.code = s.nation
order by if(n.code is null, null, (select count(*) from customers c where c.nation = n.code)) desc nulls first, s.id limit 10;
