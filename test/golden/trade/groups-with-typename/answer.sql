select 'nations_group' as __typename, {region: {name: r.name}} as by, {count: count(*)::int} as aggregate
from nations n left join regions r on r.id = n.region
where exists (from suppliers s where s.nation = n.code and s.balance > 9000)
group by r.name order by r.name nulls last;
