select c.id, c.balance, {code: n.code, region: {name: r.name}} as nation
from customers c join nations n on n.code = c.nation join regions r on r.id = n.region
where r.name = 'ASIA'
order by c.balance desc, c.id limit 5;
