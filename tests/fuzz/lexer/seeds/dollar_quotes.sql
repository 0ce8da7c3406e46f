DO $$ BEGIN PERFORM '$a$'; END $$;
SELECT $a$ $$ $b$ $a$, $_1$x$_1$, $é$x$é$, $1, a$b;
