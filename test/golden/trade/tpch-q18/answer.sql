select {purchase: {customer: {name: c.name, id: o.customer}, number: o.number, date: o.date, total: o.total}} as by, {sum: {quantity: sum(quantity)}} as aggregate
from line_items l join orders o on o.number = l.order_number left join customers c on c.id = o.customer
group by c.name, o.customer, o.number, o.date, o.total
having sum(quantity) > 270
order by o.total desc, o.date, c.name nulls last, o.customer nulls last, o.number limit 10;
