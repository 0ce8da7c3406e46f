-- varve: description The ledger: what was done to this database, when, by whom and why
-- varve: irreversible
--
-- Read docs/ledger.md before changing anything here. Later columns are nullable or have a default; constraints are
-- never added: an older varve must be able to write its rows. ${schema} is where the runtime puts the quoted schema.

CREATE TABLE ${schema}.varve_ledger (
    id               bigint      PRIMARY KEY,     -- newest seen + 1, under the lock; the newest is the revision
    history          text        NOT NULL,
    slot             text,                        -- 'v:7', 'r:name', 's:set/name'; NULL when no longer active
    kind             text        NOT NULL,        -- migration, baseline, skip, repeatable, seed, schema, event
    version          bigint,
    name             text,
    description      text,
    state            text        NOT NULL,        -- running, applied, reverting, reverted, superseded
    checksum         text,                        -- '1:9f86d0...'
    mark             bigint,                      -- count and sum of the active marks say whether anything is pending
    depends          text,                        -- '3,auth:5'
    breaks_older     boolean     NOT NULL DEFAULT false,
    statements_done  integer     NOT NULL DEFAULT 0,
    statements_total integer     NOT NULL DEFAULT 0,
    applied_at       timestamptz NOT NULL,
    reverted_at      timestamptz,
    duration_ms      bigint      NOT NULL DEFAULT 0,
    applied_by       text,
    program          text,
    reason           text,
    details          json
);

-- A double application is impossible even without a lock.
CREATE UNIQUE INDEX varve_ledger_slot ON ${schema}.varve_ledger (history, slot);

-- Each down, so that an older binary can undo what a newer one did, and the progress of scripts without a transaction.
CREATE TABLE ${schema}.varve_statement (
    ledger_id     bigint  NOT NULL,
    direction     text    NOT NULL,               -- up, down
    position      integer NOT NULL,               -- from 1; 0 is a setting applied around the script
    checksum      text,
    sql           text    NOT NULL,
    file          text,
    line          integer,
    "column"      integer,
    transactional boolean NOT NULL DEFAULT true,
    state         text    NOT NULL,               -- pending, intended, done, failed
    PRIMARY KEY (ledger_id, direction, position)
);
