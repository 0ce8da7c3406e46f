INSERT INTO t VALUES ($1, ?, :a, @b); SET standard_conforming_strings = off;
.tables
