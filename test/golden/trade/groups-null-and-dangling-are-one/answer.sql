select {nation: {name: n.name}} as by, {count: count(*)::int} as aggregate
from suppliers s left join nations n on n.code = s.nation group by n.name order by n.name desc nulls first limit 2;
select {nation: {code: s.nation}} as by, {count: count(*)::int} as aggregate
from suppliers s group by s.nation order by s.nation desc nulls first limit 3;
select {nation: {code: s.nation, name: n.name}} as by, {count: count(*)::int} as aggregate
from suppliers s left join nations n on n.code = s.nation group by s.nation, n.name order by s.nation desc nulls first, n.name limit 3;
