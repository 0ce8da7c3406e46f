-- varve: irreversable
SELECT 1;
COMMIT;
\d users
