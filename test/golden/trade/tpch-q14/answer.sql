select {sum: {revenue: sum(revenue)}} as aggregate from line_items where shipped >= '1995-09-01' and shipped < '1995-10-01';
select {sum: {revenue: sum(revenue)}} as aggregate from line_items l join parts p on p.id = l.part
where shipped >= '1995-09-01' and shipped < '1995-10-01' and p.type like 'PROMO%';
