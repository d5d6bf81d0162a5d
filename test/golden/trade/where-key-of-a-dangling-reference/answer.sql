select id, {code: nation} as nation from customers where nation = 'XX' order by id limit 4;
