/**
 * Has pages cost the same in any order, because a register is in memory. By the default of PostgreSQL, 4, it collects and sorts
 * the rows of a list under a record instead of reading an index in their order.
 */
export const PAGE_COST = 'random_page_cost=1';
