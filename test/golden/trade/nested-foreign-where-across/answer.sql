select o.number, array(
    select {line: l.line, part: if(p.id is null, null, {name: p.name})}
    from line_items l join suppliers s on s.id = l.supplier join nations n on n.code = s.nation join regions r on r.id = n.region
      left join parts p on p.id = l.part
    where l.order_number = o.number and r.name <> 'ASIA'
    order by p.name desc nulls first, l.order_number, l.line) as "lineItems"
from orders o where o.number in (9007199254740910, 9007199254740911, 9007199254740912) order by o.number;
