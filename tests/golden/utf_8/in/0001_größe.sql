-- varve: description Größe ändern 🐘
INSERT INTO t VALUES ('é', 'é1', '日本語', '🐘', '‮');
CREATE TABLE über (größe TEXT); INSERT INTO über VALUES ('a');
