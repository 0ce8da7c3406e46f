// Up, the inferred down: the schema is what it was before.
#include "inverse_scenario.hpp"

#include <sqlite3.h>

#include <sql/lexer.hpp>

#include <memory>

namespace varve::generator {
namespace {

struct round_trip {
    const char* name;
    std::vector<std::string> before;  ///< the migrations before the one that is undone
    std::string up;
};

void PrintTo(const round_trip& each, std::ostream* out) { *out << each.up; }

class database {
public:
    database() {
        sqlite3* opened = nullptr;
        sqlite3_open(":memory:", &opened);
        handle_.reset(opened);
    }

    void run(const std::string& sql) {
        char* why = nullptr;
        sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, &why);
        EXPECT_STREQ(why, nullptr) << sql;
        sqlite3_free(why);
    }

    /// A line for each object. Renaming puts quotes around names that had none: they do not count.
    std::string schema() {
        std::string lines;
        const auto add = [](void* to, int, char** values, char**) {
            auto& text = *static_cast<std::string*>(to);
            const std::string sql = values[0];
            for (const token& each : lex(sql, engine_kind::sqlite).tokens) {
                std::string word(text_of(sql, each));
                if (word.front() == '"') word = word.substr(1, word.size() - 2);
                text += word + " ";
            }
            text += "\n";
            return 0;
        };
        sqlite3_exec(handle_.get(),
                     "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' AND sql NOT NULL ORDER BY type, name",
                     add, &lines, nullptr);
        return lines;
    }

private:
    struct closing {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, closing> handle_;
};

const std::string users =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL DEFAULT 'none', age INT CHECK (age > 0));";

std::vector<round_trip> round_trips() {
    return {
        {"Table", {}, "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;"},
        {"TablesThatReferToEachOther",
         {users},
         "CREATE TABLE posts (id INTEGER PRIMARY KEY, author INT REFERENCES users); CREATE INDEX by_author ON posts"
         " (author); INSERT INTO posts (author) SELECT 1 WHERE false; CREATE TABLE likes (post INT REFERENCES posts);"},
        {"TableOfAQuery", {users}, "CREATE TABLE copied AS SELECT * FROM users;"},
        {"VirtualTable", {}, "CREATE VIRTUAL TABLE found USING fts5 (text);"},
        {"Columns",
         {users, "CREATE TABLE [Odd One] ([select] INT);"},
         "ALTER TABLE users ADD COLUMN phone TEXT; ALTER TABLE users ADD boss INT REFERENCES users;"
         "ALTER TABLE `Odd One` ADD \"it's\" TEXT DEFAULT 'a'; ALTER TABLE [Odd One] ADD COLUMN \"a\"\"b\" INT;"
         "ALTER TABLE users ADD twice INT AS (age * 2); ALTER TABLE users ADD small INT CHECK (small < 5);"},
        {"Renamed",
         {users, "CREATE INDEX mails ON users (email); CREATE VIEW all_mails AS SELECT email FROM users;"},
         "ALTER TABLE users RENAME COLUMN email TO \"E Mail\"; ALTER TABLE users RENAME age TO \"order\";"
         "ALTER TABLE users RENAME TO People;"},
        {"Indexes",
         {users},
         "CREATE UNIQUE INDEX one ON users (lower(email)) WHERE age > 1; CREATE INDEX IF NOT EXISTS \"Two\" ON users"
         " (age DESC);"},
        {"DroppedIndexes",
         {users, "CREATE UNIQUE INDEX one ON users (lower(email)) WHERE age > 1;"},
         "DROP INDEX one; DROP INDEX IF EXISTS never_made;"},
        {"Views", {users}, "CREATE VIEW mails (one) AS SELECT email FROM users;"},
        {"DroppedViews",
         {users, "CREATE VIEW mails AS SELECT email FROM users;"},
         "DROP VIEW mails; CREATE VIEW mails AS SELECT email, age FROM users;"},
        {"Triggers",
         {users, "CREATE TRIGGER old AFTER INSERT ON users BEGIN UPDATE users SET age = 1; SELECT 1; END;"},
         "DROP TRIGGER old; CREATE TRIGGER \"New One\" AFTER DELETE ON users BEGIN SELECT 1; END;"},
        {"ATableInUpperCase", {"CREATE TABLE Users (Id INTEGER PRIMARY KEY);"}, "ALTER TABLE USERS ADD COLUMN Name;"},
    };
}

class SqliteRoundTrip : public ::testing::TestWithParam<round_trip> {};

TEST_P(SqliteRoundTrip, EndsWhereItBegan) {
    std::vector<std::string> all = GetParam().before;
    all.push_back(GetParam().up);
    const inferred down = infer(all, engine_kind::sqlite);
    EXPECT_EQ(down.problems, "");
    database file;
    for (const std::string& each : GetParam().before) file.run(each);
    const std::string before = file.schema();
    file.run(GetParam().up);
    const std::string between = file.schema();
    SCOPED_TRACE(down.script);
    for (const std::string& each : down.statements) file.run(each);
    EXPECT_NE(between, before) << "the migration changed nothing that this test sees";
    EXPECT_EQ(file.schema(), before);
}

INSTANTIATE_TEST_SUITE_P(Tables, SqliteRoundTrip, ::testing::ValuesIn(round_trips()),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace varve::generator
