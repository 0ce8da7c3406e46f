CREATE TABLE pages (title TEXT NOT NULL COLLATE by_name, created INTEGER NOT NULL DEFAULT (now_ms()));
CREATE INDEX pages_by_slug ON pages (slugify(title));
