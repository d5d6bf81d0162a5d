select name, array(select {name: n.name} from nations n where n.region = r.id order by n.code limit 2) as nations from regions r where id = 3;
select name from regions where id = 99;
select c.id from customers c join nations n on n.code = c.nation join regions r on r.id = n.region where r.name = 'ASIA' order by c.id limit 2;
