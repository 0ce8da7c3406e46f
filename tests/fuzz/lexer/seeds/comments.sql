-- one
/* two /* nested */ still */ SELECT 1 --three
/**/ + /*-- */ 2; -- last