-- varve: description ab
-- varve: allow M201 
-- varve: depends 1,2
