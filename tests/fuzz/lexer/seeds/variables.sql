CREATE TABLE ${schema}.t_${_a1} (x INTEGER);
SELECT ${a}${b}, a${b}c;
