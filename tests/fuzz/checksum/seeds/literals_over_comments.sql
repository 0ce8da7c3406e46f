SELECT 'a' -- c
 'b' /* d
 */ 'c' /* e */
'd';