-- varve: transaction
-- varve: no-transaction
SELECT 1;
