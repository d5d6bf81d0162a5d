select order_number as "orderNumber", line, {partId: part, supplierId: supplier} as supply
from line_items where part = 28 and supplier >= 'S-00050'
order by order_number, line limit 5;
