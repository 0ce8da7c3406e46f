-- varve: description café 
-- varve: irreversible

SELECT 1;
