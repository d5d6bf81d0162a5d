select {
  count: 0, named: 0, sum: {total: null}, avg: {total: null}, min: {date: null}, max: {number: null},
  var_pop: {total: null}, stddev_pop: {total: null}
} as aggregate, [] as nodes;
