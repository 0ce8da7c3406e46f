CREATE TABLE public.posts (
    id bigint NOT NULL,
    author bigint NOT NULL,
    body text
);
CREATE TABLE public.users (
    id bigint NOT NULL,
    name text NOT NULL
);
CREATE TABLE public.varve_ledger (
    id bigint NOT NULL,
    history text NOT NULL,
    slot text,
    kind text NOT NULL,
    version bigint,
    name text,
    description text,
    state text NOT NULL,
    checksum text,
    mark bigint,
    depends text,
    breaks_older boolean DEFAULT false NOT NULL,
    statements_done integer DEFAULT 0 NOT NULL,
    statements_total integer DEFAULT 0 NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    reverted_at timestamp with time zone,
    duration_ms bigint DEFAULT 0 NOT NULL,
    applied_by text,
    program text,
    reason text,
    details json
);
CREATE TABLE public.varve_statement (
    ledger_id bigint NOT NULL,
    direction text NOT NULL,
    "position" integer NOT NULL,
    checksum text,
    sql text NOT NULL,
    file text,
    line integer,
    "column" integer,
    transactional boolean DEFAULT true NOT NULL,
    state text NOT NULL
);
INSERT INTO public.users VALUES (1, 'it''s größer 💾; -- not a comment');
INSERT INTO public.varve_ledger VALUES (1, 'varve', 'v:1', 'migration', 1, 'ledger', 'The ledger: what was done to this database, when, by whom and why', 'applied', '1:3eb9d40122193e358ffa2fd889b2b1b03ca84b782a5a77c864758c5ae2eaa633', 349756232326, NULL, false, 3, 3, '2026-11-28 06:55:57.428673+00', NULL, 9, 'deploy@web1:4711', 'shop', 'release 1', '{"released":1}');
INSERT INTO public.varve_ledger VALUES (2, 'shop', 'v:1', 'migration', 1, 'create_users', 'Who may log in', 'applied', '1:0e8e12a9d4cb88aee44b823d1423505fda589f6ad61e381ddb6564a982dd9c23', 21736481224, NULL, false, 1, 1, '2026-11-28 06:55:57.442679+00', NULL, 2, 'deploy@web1:4711', 'shop', 'release 1', '{"released":1}');
INSERT INTO public.varve_ledger VALUES (3, 'shop', 'v:2', 'migration', 2, 'add_posts', 'add posts', 'applied', '1:b9c5ca954111dc1410c04099a6c0f321d37ac7373748858c7412c7c88ae20668', 565431707245, '1', false, 2, 2, '2026-11-28 06:55:57.447237+00', NULL, 2, 'deploy@web1:4711', 'shop', 'release 1', '{"released":2}');
INSERT INTO public.varve_ledger VALUES (4, 'shop', 'v:3', 'migration', 3, 'index_names', 'index names', 'applied', '1:258e98c729055175c5a7222d5b7af52f0eac20d8b107ab1accb4174491b30cd5', 5379671444, NULL, false, 1, 1, '2026-11-28 06:55:57.457403+00', NULL, 0, 'deploy@web1:4711', 'shop', 'release 1', '{"released":3}');
INSERT INTO public.varve_ledger VALUES (5, 'shop', NULL, 'event', 3, 'index_names', NULL, 'applied', NULL, NULL, NULL, false, 0, 0, '2026-11-28 06:55:57.484279+00', NULL, 21, 'deploy@web1:4711', 'shop', 'release 1', '{"event":"finished","row":4}');
INSERT INTO public.varve_ledger VALUES (6, 'shop', NULL, 'migration', 4, 'drop_nick', 'drop nick', 'reverted', '1:f12af17d017e925cf4b7108971b459288efc56e9e4b7b3413ad489eeb6e9d94d', NULL, NULL, true, 1, 1, '2026-11-28 06:55:57.490038+00', '2026-11-28 06:55:57.509905+00', 1, 'deploy@web1:4711', 'shop', 'release 1', '{"released":4}');
INSERT INTO public.varve_ledger VALUES (7, 'shop', NULL, 'event', 4, 'drop_nick', NULL, 'applied', NULL, NULL, NULL, false, 0, 0, '2026-11-28 06:55:57.510005+00', NULL, 1, 'deploy@web1:4711', 'shop', 'release 1', '{"event":"reverted","row":6}');
INSERT INTO public.varve_ledger VALUES (8, 'shop', 'v:4', 'migration', 4, 'drop_nick', 'drop nick', 'applied', '1:f12af17d017e925cf4b7108971b459288efc56e9e4b7b3413ad489eeb6e9d94d', 854175283132, NULL, true, 1, 1, '2026-11-28 06:55:57.534095+00', NULL, 1, 'deploy@web1:4711', 'shop', 'release 1', '{"released":4}');
INSERT INTO public.varve_statement VALUES (2, 'down', 1, '1:41edd2cd80d1ac2da882c121e0ef5855c4ad38c8a91c2cf7a249539e45976671', 'DROP TABLE users', 'postgresql_1/0001_create_users.down.sql', 1, 1, true, 'pending');
INSERT INTO public.varve_statement VALUES (3, 'down', 1, '1:9cbef6ee7dd0da16d3d170713c9c1988afa7b8f4a62a63567e1bfe0ba2fe2ad5', 'DELETE FROM users WHERE id = 1', 'postgresql_1/0002_add_posts.down.sql', 1, 1, true, 'pending');
INSERT INTO public.varve_statement VALUES (3, 'down', 2, '1:478ccd6a34f8e3cc1b0376a592dd47ac1b5d2ee5fce3711ee09beefe08c8df25', 'DROP TABLE posts', 'postgresql_1/0002_add_posts.down.sql', 2, 1, true, 'pending');
INSERT INTO public.varve_statement VALUES (4, 'down', 1, '1:888e4c31351d1241508d0678f99eea5e4a6a5b8a46203f1531fd4e68a24e9c0d', 'DROP INDEX CONCURRENTLY users_name', 'postgresql_1/0003_index_names.down.sql', 2, 1, false, 'pending');
INSERT INTO public.varve_statement VALUES (4, 'up', 1, '1:258e98c729055175c5a7222d5b7af52f0eac20d8b107ab1accb4174491b30cd5', 'CREATE INDEX CONCURRENTLY users_name ON users (name)', 'postgresql_1/0003_index_names.sql', 2, 1, false, 'done');
INSERT INTO public.varve_statement VALUES (6, 'down', 1, '1:8582bd24e88cc3495bb3742db754b780125b4f62c35025db666cbfcb162d7c50', 'ALTER TABLE users ADD COLUMN nick TEXT', 'postgresql_1/0004_drop_nick.down.sql', 1, 1, true, 'pending');
INSERT INTO public.varve_statement VALUES (8, 'down', 1, '1:8582bd24e88cc3495bb3742db754b780125b4f62c35025db666cbfcb162d7c50', 'ALTER TABLE users ADD COLUMN nick TEXT', 'postgresql_1/0004_drop_nick.down.sql', 1, 1, true, 'pending');
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.varve_ledger
    ADD CONSTRAINT varve_ledger_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.varve_statement
    ADD CONSTRAINT varve_statement_pkey PRIMARY KEY (ledger_id, direction, "position");
CREATE INDEX users_name ON public.users USING btree (name);
CREATE UNIQUE INDEX varve_ledger_slot ON public.varve_ledger USING btree (history, slot);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT posts_author_fkey FOREIGN KEY (author) REFERENCES public.users(id);
