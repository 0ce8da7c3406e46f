-- varve is what compiles this
-- varved: layered
-- see varve: the manual
SELECT 1;
