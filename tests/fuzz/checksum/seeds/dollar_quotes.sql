SELECT $a$x $a$ , $$ a
 b $$;