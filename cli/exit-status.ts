// The exit statuses of `weft`, the same for every verb.

/** It could not be done: a file, a registry, a gateway or an argument is wrong. 0 = done. */
export const failed = 1;
/** It was done, and what was asked about has problems: findings, a refused composition, a breaking change, a failed rule. */
export const foundProblems = 2;
