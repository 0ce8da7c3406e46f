// What varve believes a history leaves is what SQLite says it left.
#include "outline.hpp"
#include "scripts.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace varve::generator {
namespace {

constexpr const char* catalog = R"(
SELECT 'table ' || name || CASE WHEN wr THEN ' without rowid' ELSE '' END ||
       CASE WHEN (SELECT sql FROM sqlite_schema s WHERE s.name = l.name) LIKE '%autoincrement%' THEN ' autoincrement'
            ELSE '' END
  FROM pragma_table_list l WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'
UNION ALL
SELECT 'column ' || l.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" THEN ' not null' ELSE '' END ||
       coalesce(' default ' || c.dflt_value, '') || CASE WHEN c.hidden IN (2, 3) THEN ' generated' ELSE '' END
  FROM pragma_table_list l, pragma_table_xinfo(l.name) c
 WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite_%'
UNION ALL
SELECT 'key ' || l.name || ' ' || (SELECT group_concat(name) FROM (SELECT name FROM pragma_table_xinfo(l.name)
                                                                   WHERE pk > 0 ORDER BY pk))
  FROM pragma_table_list l
 WHERE schema = 'main' AND type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_xinfo(l.name) WHERE pk > 0)
UNION ALL
SELECT CASE WHEN i.origin = 'u' THEN 'unique ' || l.name || ' '
            ELSE 'index ' || l.name || '.' || i.name || CASE WHEN i."unique" THEN ' unique ' ELSE ' ' END END ||
       (SELECT group_concat(coalesce(name, '')) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
  FROM pragma_table_list l, pragma_index_list(l.name) i
 WHERE l.schema = 'main' AND i.origin <> 'pk'
UNION ALL
SELECT 'reference ' || l.name || ' ' || group_concat(f."from") || ' to ' || f."table"
  FROM pragma_table_list l, pragma_foreign_key_list(l.name) f WHERE l.schema = 'main' GROUP BY l.name, f.id)";

class database {
public:
    database() {
        sqlite3* opened = nullptr;
        sqlite3_open(":memory:", &opened);
        handle_.reset(opened);
    }

    std::vector<std::string> lines(const std::string& sql) {
        std::vector<std::string> read;
        const auto keep = [](void* to, int, char** values, char**) {
            static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] == nullptr ? "NULL" : values[0]);
            return 0;
        };
        if (sqlite3_exec(handle_.get(), sql.c_str(), keep, &read, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_.get()));
        std::sort(read.begin(), read.end());
        return read;
    }

private:
    struct closing {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, closing> handle_;
};

std::string text(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& each : lines) all += each + "\n";
    return all;
}

void compare(const std::vector<std::string>& scripts) {
    database real;
    for (const std::string& script : scripts) real.lines(script);
    EXPECT_EQ(text(sqlite_outline(after(scripts, engine_kind::sqlite))), text(real.lines(catalog)));
}

TEST(SchemaOnSqlite, TablesHaveTheirColumnsInEverySpelling) {
    compare({R"(
        CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, "e mail" VARCHAR(20) NOT NULL COLLATE NOCASE UNIQUE,
                            [age] INT CHECK (age > 0) DEFAULT -1, `when` TEXT DEFAULT CURRENT_TIMESTAMP,
                            price DECIMAL(10) NOT NULL DEFAULT 'x''y', untyped, doubled AS (age * 2) STORED,
                            tripled INT GENERATED ALWAYS AS (age * 3), n NULL, 'note' INT DEFAULT 7 NOT NULL,
                            UNIQUE (age, price) ON CONFLICT IGNORE);
        CREATE TABLE IF NOT EXISTS pairs (a TEXT, b UNSIGNED BIG INT, c double precision, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS pairs (z INT);
        CREATE TABLE strict (a INT NOT NULL CONSTRAINT named UNIQUE, b TEXT) STRICT;)"});
}

TEST(SchemaOnSqlite, ForeignKeysAreThoseOfColumnsAndTables) {
    compare({R"(
        CREATE TABLE users (id INTEGER PRIMARY KEY, a INT, b INT, UNIQUE (a, b));
        CREATE TABLE orders (user_id INT NOT NULL REFERENCES users ON DELETE SET NULL, other INT DEFAULT 1
                               CONSTRAINT named REFERENCES users (id) ON UPDATE SET DEFAULT DEFERRABLE INITIALLY DEFERRED
                               NOT NULL,
                             a INT, b INT, FOREIGN KEY (a, b) REFERENCES users (a, b) ON DELETE CASCADE);)"});
}

TEST(SchemaOnSqlite, TheFourFormsOfAlterTable) {
    compare({R"(
        CREATE TABLE Users (id INTEGER PRIMARY KEY, Mail TEXT, gone INT);
        CREATE TABLE orders (user_id INT REFERENCES users (id));
        CREATE INDEX by_mail ON users (mail);)",
             R"(
        ALTER TABLE users ADD COLUMN age INT NOT NULL DEFAULT 0;
        ALTER TABLE users ADD "nick name" TEXT REFERENCES orders;
        ALTER TABLE USERS RENAME COLUMN mail TO email;
        ALTER TABLE users RENAME id TO number;
        ALTER TABLE users DROP COLUMN GONE;
        ALTER TABLE users DROP age;
        ALTER TABLE users RENAME TO people;)"});
}

TEST(SchemaOnSqlite, ARebuiltTableHasItsNewShapeAndKeepsWhoRefersToIt) {
    compare({R"(
        CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
        CREATE TABLE orders (user_id INT REFERENCES users);
        CREATE INDEX by_mail ON users (mail);
        CREATE VIEW mails AS SELECT 1;
        CREATE TRIGGER kept AFTER INSERT ON orders BEGIN UPDATE orders SET user_id = 1; DELETE FROM orders; END;)",
             R"(
        CREATE TABLE users_new (id INTEGER PRIMARY KEY, mail TEXT NOT NULL);
        INSERT INTO users_new SELECT * FROM users;
        DROP TABLE users;
        ALTER TABLE users_new RENAME TO users;
        CREATE UNIQUE INDEX IF NOT EXISTS main.by_mail ON users (mail, lower(mail)) WHERE mail <> '';
        CREATE INDEX dropped ON orders (user_id DESC);
        DROP INDEX IF EXISTS DROPPED;)"});
}

}  // namespace
}  // namespace varve::generator
