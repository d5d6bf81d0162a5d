select c.id, {name: n.name} as nation from customers c join nations n on n.code = c.nation
where n.name in ('日本', '中国', '～ VIETNAM') and c.balance >= 9000 order by n.name desc, c.id limit 4;
