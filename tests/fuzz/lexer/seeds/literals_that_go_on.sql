SELECT 'a'
  'b', E'a\'' -- it's
'c\'d', U&'\0061' UESCAPE '!', B'01', x'1F', N'n', "q""q", U&"d!0061";
