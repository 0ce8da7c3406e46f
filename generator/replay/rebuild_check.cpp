#include <replay/rebuild_check.hpp>

#include <replay/lower_name.hpp>
#include <replay/schema_comparison.hpp>
#include <sql/token_reader.hpp>

#include <algorithm>
#include <optional>

namespace varve::generator {
namespace {

std::string literal(const std::string& text) {
    std::string result = "'";
    for (const char each : text) result += each == '\'' ? std::string("''") : std::string(1, each);
    return result + "'";
}

bool is_table(const schema_object& object, const std::string& name) {
    return object.type == "table" && lower(object.name) == name;
}

/// The name that `DROP kind [IF EXISTS] [schema.]name` drops; empty if the statement does not.
std::string dropped(const token_reader& tokens, std::string_view kind) {
    if (!tokens.words(0, {"drop", kind})) return {};
    const std::size_t name = tokens.words(2, {"if", "exists"}) ? 4 : 2;
    return tokens.plain(tokens.symbol(name + 1, ".") ? name + 2 : name);
}

token_reader reader_of(const script_source& script, const classified_statement& statement) {
    const std::span<const token> all = script.tokens.tokens;
    return {script.file.text(), all.subspan(statement.tokens.first_token, statement.tokens.token_count)};
}

class rebuild_check {
public:
    rebuild_check(const migration_source& source, std::size_t migration, const schema_objects& before,
                  const object_changes& changes)
        : script_(source.up), migration_(migration), before_(before), changes_(changes) {}

    std::vector<replay_finding> run() {
        for (const classified_statement& each : script_.script.statements) {
            const std::string table = dropped(reader_of(script_, each), "table");
            // Dropped for good: what belonged to it is to go.
            if (table.empty() || !was_there(table) || !is_there(table)) continue;
            check_lost_objects(each, table);
            check_children(each, table);
            check_counter(each, table);
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] bool was_there(const std::string& table) const { return before_.find_table(table) != nullptr; }
    [[nodiscard]] bool is_there(const std::string& table) const {
        return std::ranges::any_of(changes_.after, [&](const auto& each) { return is_table(each, table); });
    }

    [[nodiscard]] bool is_dropped_by_name(const schema_object& object) const {
        return std::ranges::any_of(script_.script.statements, [&](const classified_statement& each) {
            return dropped(reader_of(script_, each), object.type) == lower(object.name);
        });
    }

    void check_lost_objects(const classified_statement& drop, const std::string& table) {
        for (const schema_object& each : changes_.before) {
            if (each.type == "table" || lower(each.table) != table || is_dropped_by_name(each)) continue;
            const bool there = std::ranges::any_of(changes_.after, [&](const schema_object& now) {
                return now.type == each.type && lower(now.name) == lower(each.name);
            });
            if (there) continue;
            report(drop, "M611",
                   "this drops the " + each.type + " `" + each.name + "` with the old table `" + table +
                       "`, and nothing makes it again",
                   "behind the last statement write\n" + each.sql + ";\nor, if it is not wanted any more, DROP " +
                       (each.type == "index" ? "INDEX " : "TRIGGER ") + each.name + "; before this statement");
        }
    }

    void check_children(const classified_statement& drop, const std::string& table) {
        if (script_.script.foreign_keys == foreign_keys_setting::off) return;
        for (const auto& [row, object] : before_.all()) {
            if (object.type != "table" || lower(object.name) == table || !refers_to(object, table)) continue;
            report(drop, "M612",
                   "where foreign keys are on, this deletes the rows of `" + object.name + "` that refer to `" + table +
                       "`, or fails",
                   "write `PRAGMA foreign_keys = off;` at the top of the script: varve switches them off before the\n"
                   "transaction, and checks them before the commit");
            return;
        }
    }

    /// DROP TABLE forgets the greatest number that was given: rows that had it may be gone.
    void check_counter(const classified_statement& drop, const std::string& table) {
        const schema_object& old = *before_.find_table(table);
        if (!counts(old) || writes_the_counter()) return;
        const std::string successor = name_before_renaming_to(table);
        report(
            drop, "M613",
            "this forgets which numbers AUTOINCREMENT has given in `" + old.name +
                "`: those of deleted rows are given again",
            successor.empty()
                ? "keep its row of sqlite_sequence: read it before this statement, write it again behind the last one"
                : "before this statement write\nDELETE FROM sqlite_sequence WHERE name = " + literal(successor) +
                      ";\nINSERT INTO sqlite_sequence (name, seq)\n    SELECT " + literal(successor) +
                      ", seq FROM sqlite_sequence WHERE name = " + literal(old.name) + ";");
    }

    [[nodiscard]] static bool counts(const schema_object& table) {
        const std::vector<std::string> tokens = plain_tokens(table.sql);
        return std::ranges::find(tokens, "autoincrement") != tokens.end();
    }

    [[nodiscard]] bool writes_the_counter() const {
        return std::ranges::any_of(script_.script.statements, [this](const classified_statement& each) {
            const token_reader tokens = reader_of(script_, each);
            for (std::size_t i = 0; i < tokens.size(); ++i) {
                if (tokens.plain(i) == "sqlite_sequence") return true;
            }
            return false;
        });
    }

    /// As the script writes it; empty if nothing is renamed to `table`.
    [[nodiscard]] std::string name_before_renaming_to(const std::string& table) const {
        for (const classified_statement& each : script_.script.statements) {
            const token_reader tokens = reader_of(script_, each);
            const std::size_t name = tokens.symbol(3, ".") ? 4 : 2;
            if (!tokens.words(0, {"alter", "table"}) || !tokens.words(name + 1, {"rename", "to"})) continue;
            if (tokens.plain(name + 3) != table) continue;
            const std::string_view written = tokens.text(name);
            return std::string(tokens.quoted(name) ? written.substr(1, written.size() - 2) : written);
        }
        return {};
    }

    [[nodiscard]] static bool refers_to(const schema_object& child, const std::string& table) {
        const std::vector<std::string> tokens = plain_tokens(child.sql);
        const auto refers = [&](const std::string& word, const std::string& name) {
            return word == "references" && name == table;
        };
        return std::ranges::adjacent_find(tokens, refers) != tokens.end();
    }

    void report(const classified_statement& at, std::string code, std::string message, std::string hint) {
        found_.push_back({.level = severity::warning,
                          .code = std::move(code),
                          .where = {migration_, direction::up, at.offset},
                          .message = std::move(message),
                          .hint = std::move(hint),
                          .notes = {}});
    }

    const script_source& script_;
    std::size_t migration_;
    const schema_objects& before_;
    const object_changes& changes_;
    std::vector<replay_finding> found_;
};

}  // namespace

bool drops_a_table(const migration_source& source) {
    return std::ranges::any_of(source.up.script.statements, [&](const classified_statement& each) {
        return reader_of(source.up, each).words(0, {"drop", "table"});
    });
}

std::vector<replay_finding> check_rebuilds(const migration_source& source, std::size_t migration,
                                           const schema_objects& before, const object_changes& changes) {
    return rebuild_check(source, migration, before, changes).run();
}

bool is_about_a_rebuild(const replay_finding& found) { return found.code >= "M611" && found.code <= "M613"; }

}  // namespace varve::generator
