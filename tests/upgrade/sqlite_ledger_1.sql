PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE varve_ledger (
    id               INTEGER PRIMARY KEY,         -- newest seen + 1, under the lock; the newest is the revision
    history          TEXT    NOT NULL,
    slot             TEXT,                        -- 'v:7', 'r:name', 's:set/name'; NULL when no longer active
    kind             TEXT    NOT NULL,            -- migration, baseline, skip, repeatable, seed, schema, event
    version          INTEGER,
    name             TEXT,
    description      TEXT,
    state            TEXT    NOT NULL,            -- running, applied, reverting, reverted, superseded
    checksum         TEXT,                        -- '1:9f86d0...'
    mark             INTEGER,                     -- count and sum of the active marks say whether anything is pending
    depends          TEXT,                        -- '3,auth:5'
    breaks_older     INTEGER NOT NULL DEFAULT 0,
    statements_done  INTEGER NOT NULL DEFAULT 0,
    statements_total INTEGER NOT NULL DEFAULT 0,
    applied_at       TEXT    NOT NULL,            -- UTC, '2026-01-07T09:30:00.123Z'
    reverted_at      TEXT,
    duration_ms      INTEGER NOT NULL DEFAULT 0,
    applied_by       TEXT,
    program          TEXT,
    reason           TEXT,
    details          TEXT                         -- a JSON object
);
INSERT INTO varve_ledger VALUES(1,'varve','v:1','migration',1,'ledger','The ledger: what was done to this database, when, by whom and why','applied','1:4d1ea5b05ec7e8c7fb07c3c47718499c9834350b28d6c6c8620dfb7593ee068d',949124680773,NULL,0,3,3,'2026-11-28T06:55:57.244Z',NULL,0,'deploy@web1:4711','shop','release 1','{"released":1}');
INSERT INTO varve_ledger VALUES(2,'shop','v:1','migration',1,'create_users','Who may log in','applied','1:5f361bc9dbda57ab4bf073c6fd72b34af8fc03b18c624d178bd8d1709916361e',708499026207,NULL,0,1,1,'2026-11-28T06:55:57.266Z',NULL,0,'deploy@web1:4711','shop','release 1','{"released":1}');
INSERT INTO varve_ledger VALUES(3,'shop','v:2','migration',2,'add_posts','add posts','applied','1:978c12bec6328772f1106b98a3c3f28968861332854ce29e362c2e0e69660cba',711687483757,'1',0,2,2,'2026-11-28T06:55:57.266Z',NULL,0,'deploy@web1:4711','shop','release 1','{"released":2}');
INSERT INTO varve_ledger VALUES(4,'shop','v:3','migration',3,'index_names','index names','applied','1:8410e2dab2dae14f37ee0b36771298965f9c06bff076b42a59d36bed2f09461f',405073386462,NULL,0,1,1,'2026-11-28T06:55:57.266Z',NULL,0,'deploy@web1:4711','shop','release 1','{"released":3}');
INSERT INTO varve_ledger VALUES(5,'shop',NULL,'migration',4,'drop_nick','drop nick','reverted','1:f12af17d017e925cf4b7108971b459288efc56e9e4b7b3413ad489eeb6e9d94d',NULL,NULL,1,1,1,'2026-11-28T06:55:57.266Z','2026-11-28T06:55:57.297Z',0,'deploy@web1:4711','shop','release 1','{"released":4}');
INSERT INTO varve_ledger VALUES(6,'shop',NULL,'event',4,'drop_nick',NULL,'applied',NULL,NULL,NULL,0,0,0,'2026-11-28T06:55:57.297Z',NULL,0,'deploy@web1:4711','shop','release 1','{"event":"reverted","row":5}');
INSERT INTO varve_ledger VALUES(7,'shop','v:4','migration',4,'drop_nick','drop nick','applied','1:f12af17d017e925cf4b7108971b459288efc56e9e4b7b3413ad489eeb6e9d94d',854175283132,NULL,1,1,1,'2026-11-28T06:55:57.322Z',NULL,0,'deploy@web1:4711','shop','release 1','{"released":4}');
CREATE TABLE varve_statement (
    ledger_id     INTEGER NOT NULL,
    direction     TEXT    NOT NULL,               -- up, down
    position      INTEGER NOT NULL,               -- from 1; 0 is a setting applied around the script
    checksum      TEXT,
    sql           TEXT    NOT NULL,
    file          TEXT,
    line          INTEGER,
    "column"      INTEGER,
    transactional INTEGER NOT NULL DEFAULT 1,
    state         TEXT    NOT NULL,               -- pending, intended, done, failed
    PRIMARY KEY (ledger_id, direction, position)
);
INSERT INTO varve_statement VALUES(2,'down',1,'1:41edd2cd80d1ac2da882c121e0ef5855c4ad38c8a91c2cf7a249539e45976671','DROP TABLE users','sqlite_1/0001_create_users.down.sql',1,1,1,'pending');
INSERT INTO varve_statement VALUES(3,'down',1,'1:9cbef6ee7dd0da16d3d170713c9c1988afa7b8f4a62a63567e1bfe0ba2fe2ad5','DELETE FROM users WHERE id = 1','sqlite_1/0002_add_posts.down.sql',1,1,1,'pending');
INSERT INTO varve_statement VALUES(3,'down',2,'1:478ccd6a34f8e3cc1b0376a592dd47ac1b5d2ee5fce3711ee09beefe08c8df25','DROP TABLE posts','sqlite_1/0002_add_posts.down.sql',2,1,1,'pending');
INSERT INTO varve_statement VALUES(4,'down',1,'1:6340e6c3b59f63d5ed88ed2f26f81a0c9a8397e06b7269c352ea7d645896d826','DROP INDEX users_name','sqlite_1/0003_index_names.down.sql',1,1,1,'pending');
INSERT INTO varve_statement VALUES(5,'down',1,'1:8582bd24e88cc3495bb3742db754b780125b4f62c35025db666cbfcb162d7c50','ALTER TABLE users ADD COLUMN nick TEXT','sqlite_1/0004_drop_nick.down.sql',1,1,1,'pending');
INSERT INTO varve_statement VALUES(7,'down',1,'1:8582bd24e88cc3495bb3742db754b780125b4f62c35025db666cbfcb162d7c50','ALTER TABLE users ADD COLUMN nick TEXT','sqlite_1/0004_drop_nick.down.sql',1,1,1,'pending');
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users VALUES(1,'it''s größer 💾; -- not a comment');
CREATE TABLE posts (id INTEGER PRIMARY KEY, author BIGINT NOT NULL REFERENCES users (id), body TEXT);
CREATE UNIQUE INDEX varve_ledger_slot ON varve_ledger (history, slot);
CREATE INDEX users_name ON users (name);
COMMIT;
