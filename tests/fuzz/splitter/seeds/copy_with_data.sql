COPY t (a, b) FROM stdin;
1	'one
\.
SELECT 1;
