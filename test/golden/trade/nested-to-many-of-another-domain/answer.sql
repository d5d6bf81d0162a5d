select n.name,
  array(select {id: c.id, balance: c.balance} from customers c where c.nation = n.code order by c.balance desc, c.id limit 2) as customers,
  array(select {id: s.id} from suppliers s where s.nation = n.code order by s.id limit 1) as suppliers
from nations n join regions r on r.id = n.region where r.name = 'AFRICA' order by n.code limit 3;
