#include <sql/outside_transaction.hpp>

#include <sql/plpgsql_words.hpp>
#include <sql/sqlite_pragma.hpp>

#include <algorithm>
#include <array>

namespace varve::generator {
namespace {

constexpr std::string_view cannot_run = "cannot run inside a transaction";
constexpr std::string_view does_nothing = "does nothing inside a transaction";

std::optional<outside_transaction> outside(std::string_view what, std::string_view why = cannot_run) {
    return outside_transaction{.what = std::string(what), .why = std::string(why)};
}

bool is_off(const token_reader& tokens, std::size_t index) {
    const std::string value = tokens.plain(index);
    return value == "false" || value == "off" || value == "0";
}

std::optional<outside_transaction> check_create(const token_reader& tokens) {
    if (tokens.word(1, "database")) return outside("CREATE DATABASE");
    if (tokens.word(1, "tablespace")) return outside("CREATE TABLESPACE");
    const std::size_t index = tokens.word(1, "unique") ? 2 : 1;
    if (tokens.words(index, {"index", "concurrently"})) return outside("CREATE INDEX CONCURRENTLY");
    if (!tokens.word(1, "subscription")) return std::nullopt;
    // Without a slot on the other server there is nothing that could not be rolled back.
    const auto off = [&](std::string_view option) {
        const auto at = tokens.find_word(option);
        return at && tokens.symbol(*at + 1, "=") && is_off(tokens, *at + 2);
    };
    return off("connect") || off("create_slot") ? std::nullopt : outside("CREATE SUBSCRIPTION");
}

std::optional<outside_transaction> check_drop(const token_reader& tokens) {
    if (tokens.word(1, "database")) return outside("DROP DATABASE");
    if (tokens.word(1, "tablespace")) return outside("DROP TABLESPACE");
    if (tokens.word(1, "subscription")) return outside("DROP SUBSCRIPTION");
    if (tokens.words(1, {"index", "concurrently"})) return outside("DROP INDEX CONCURRENTLY");
    return std::nullopt;
}

std::optional<outside_transaction> check_alter_subscription(const token_reader& tokens) {
    const auto refresh = tokens.find_word("refresh", 3);
    const bool refused = refresh && tokens.symbol(*refresh + 1, "=") && is_off(tokens, *refresh + 2);
    if (refused) return std::nullopt;
    if (tokens.words(3, {"refresh", "publication"})) return outside("ALTER SUBSCRIPTION .. REFRESH PUBLICATION");
    const bool publications = tokens.any_word(3, {"set", "add", "drop"}) && tokens.word(4, "publication");
    return publications ? outside("ALTER SUBSCRIPTION .. PUBLICATION, which refreshes,") : std::nullopt;
}

std::optional<outside_transaction> check_alter(const token_reader& tokens) {
    if (tokens.word(1, "system")) return outside("ALTER SYSTEM");
    if (tokens.word(1, "subscription")) return check_alter_subscription(tokens);
    if (tokens.word(1, "database") && tokens.words(3, {"set", "tablespace"})) {
        return outside("ALTER DATABASE .. SET TABLESPACE");
    }
    const auto detach = tokens.word(1, "table") ? tokens.find_word("detach") : std::nullopt;
    if (detach && tokens.word(*detach + 1, "partition") && tokens.word(tokens.size() - 1, "concurrently")) {
        return outside("DETACH PARTITION .. CONCURRENTLY");
    }
    return std::nullopt;
}

/// Index behind `( .. )` if it stands here.
std::size_t behind_parentheses(const token_reader& tokens, std::size_t index) {
    if (!tokens.symbol(index, "(")) return index;
    while (index < tokens.size() && !tokens.symbol(index, ")")) ++index;
    return index + 1;
}

std::optional<outside_transaction> check_reindex(const token_reader& tokens) {
    const std::size_t kind = behind_parentheses(tokens, 1);
    const auto option = tokens.find_word("concurrently");
    const bool option_is_off = option && *option < kind && is_off(tokens, *option + 1);
    const bool concurrently = (option && *option < kind && !option_is_off) || tokens.word(kind + 1, "concurrently");
    if (concurrently) return outside("REINDEX CONCURRENTLY");
    if (tokens.word(kind, "schema")) return outside("REINDEX SCHEMA");
    if (tokens.word(kind, "database")) return outside("REINDEX DATABASE");
    if (tokens.word(kind, "system")) return outside("REINDEX SYSTEM");
    return std::nullopt;
}

std::optional<outside_transaction> check_cluster(const token_reader& tokens) {
    std::size_t table = behind_parentheses(tokens, 1);
    if (tokens.word(table, "verbose")) ++table;
    return table >= tokens.size() ? outside("CLUSTER without a table") : std::nullopt;
}

std::optional<outside_transaction> why_outside_on_postgresql(const token_reader& tokens) {
    if (tokens.word(0, "create")) return check_create(tokens);
    if (tokens.word(0, "drop")) return check_drop(tokens);
    if (tokens.word(0, "alter")) return check_alter(tokens);
    if (tokens.word(0, "reindex")) return check_reindex(tokens);
    if (tokens.word(0, "cluster")) return check_cluster(tokens);
    if (tokens.word(0, "vacuum")) return outside("VACUUM");
    if (tokens.words(0, {"discard", "all"})) return outside("DISCARD ALL");
    if (tokens.word(0, "do") && body_words_end_transaction(tokens)) return outside("DO with COMMIT or ROLLBACK in it");
    return std::nullopt;
}

std::optional<outside_transaction> why_outside_on_sqlite(const token_reader& tokens) {
    if (tokens.word(0, "vacuum")) return outside("VACUUM");
    if (tokens.word(0, "detach")) return outside("DETACH");
    if (tokens.word(0, "attach")) {
        return outside("ATTACH",
                       "does not belong inside a transaction: a file that is attached there cannot be detached");
    }
    const std::optional<sqlite_pragma> pragma = read_pragma(tokens);
    if (!pragma) return std::nullopt;
    const std::string shown = "PRAGMA " + pragma->name;
    if (pragma->name == "wal_checkpoint") return outside(shown);
    if (!pragma->has_value) return std::nullopt;
    if (pragma->name == "journal_mode" || pragma->name == "synchronous") return outside(shown);
    constexpr std::array ineffective{std::string_view("page_size"), std::string_view("auto_vacuum"),
                                     std::string_view("encoding")};
    const bool found = std::find(ineffective.begin(), ineffective.end(), pragma->name) != ineffective.end();
    return found ? outside(shown, does_nothing) : std::nullopt;
}

}  // namespace

std::optional<outside_transaction> why_outside_transaction(const token_reader& tokens, engine_kind dialect) {
    return dialect == engine_kind::sqlite ? why_outside_on_sqlite(tokens) : why_outside_on_postgresql(tokens);
}

}  // namespace varve::generator
