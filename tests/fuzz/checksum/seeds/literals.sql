SELECT 'a'
'b' 'c', E'x'
'\'y', "i"
"j";
