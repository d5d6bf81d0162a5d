select c.id as number, {called: n.name} as home from customers c join nations n on n.code = c.nation where n.name = 'FRANCE' order by c.id limit 2;
select c.id as number, {called: n.name} as home from customers c join nations n on n.code = c.nation where n.name = 'GERMANY' order by c.id limit 2;
select {"at": {called: n.name}} as keys, {rows: count(*)::int, mean: {money: avg(balance)}} as values
from customers c join nations n on n.code = c.nation join regions r on r.id = n.region where r.name = 'EUROPE'
group by n.name order by n.name;
