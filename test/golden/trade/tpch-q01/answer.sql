select {returnFlag: return_flag, lineStatus: line_status} as by, {
  sum: {quantity: sum(quantity), price: sum(price), revenue: sum(revenue)},
  avg: {quantity: avg(quantity), price: avg(price), discount: avg(discount)}, count: count(*)::int} as aggregate
from line_items where shipped <= '1998-09-02'
group by return_flag, line_status order by return_flag, line_status;
