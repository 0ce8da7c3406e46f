SELECT 1;
-- varve: irreversible
/* varve: irreversible
 * varve: depends 1 */
