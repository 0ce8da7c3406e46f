-- varve: description The ledger: what was done to this database, when, by whom and why
-- varve: irreversible
--
-- Read docs/ledger.md before changing anything here. Later columns are nullable or have a default; constraints are
-- never added: an older varve must be able to write its rows.

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

-- A double application is impossible even without a lock.
CREATE UNIQUE INDEX varve_ledger_slot ON varve_ledger (history, slot);

-- Each down, so that an older binary can undo what a newer one did, and the progress of scripts without a transaction.
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
