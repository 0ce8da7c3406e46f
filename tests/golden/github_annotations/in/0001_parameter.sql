SELECT '${a:b,c}', 100%;

SELECT ?1;
