INSERT INTO t VALUES ('"', '\', '\n', '\"', '''', '??/', '??=', '?');
INSERT INTO "a""b" VALUES (')"', ')varve"', 'R"varve(x)varve"', '//', '/* */', '#include <x>');
INSERT INTO `c``d` ([e f]) VALUES ('	', '%s', '\0', '\x41');
