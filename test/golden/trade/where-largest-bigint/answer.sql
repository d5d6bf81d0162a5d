select s.id, {population: n.population} as nation
from suppliers s join nations n on n.code = s.nation where n.population > 9223372036854775806
order by s.id;
