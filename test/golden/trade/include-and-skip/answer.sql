select c.id, c.name from customers c join nations n on n.code = c.nation where n.name = 'JORDAN' order by c.id limit 2;
