#include <replay/sqlite_features.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace varve::generator {
namespace {

constexpr sqlite_version since(int minor) { return {3'000'000 + minor * 1000}; }

struct function_fact {
    std::string_view name;
    int minor;
};

// By name. Those that every SQLite since 3.20 has are not here.
constexpr auto functions = std::to_array<function_fact>({{"acos", 35},
                                                         {"acosh", 35},
                                                         {"asin", 35},
                                                         {"asinh", 35},
                                                         {"atan", 35},
                                                         {"atan2", 35},
                                                         {"atanh", 35},
                                                         {"ceil", 35},
                                                         {"ceiling", 35},
                                                         {"concat", 44},
                                                         {"concat_ws", 44},
                                                         {"cos", 35},
                                                         {"cosh", 35},
                                                         {"cume_dist", 25},
                                                         {"degrees", 35},
                                                         {"dense_rank", 25},
                                                         {"exp", 35},
                                                         {"first_value", 25},
                                                         {"floor", 35},
                                                         {"format", 38},
                                                         {"iif", 32},
                                                         {"json_error_position", 42},
                                                         {"json_pretty", 46},
                                                         {"jsonb", 45},
                                                         {"jsonb_array", 45},
                                                         {"jsonb_extract", 45},
                                                         {"jsonb_group_array", 45},
                                                         {"jsonb_group_object", 45},
                                                         {"jsonb_insert", 45},
                                                         {"jsonb_object", 45},
                                                         {"jsonb_patch", 45},
                                                         {"jsonb_remove", 45},
                                                         {"jsonb_replace", 45},
                                                         {"jsonb_set", 45},
                                                         {"lag", 25},
                                                         {"last_value", 25},
                                                         {"lead", 25},
                                                         {"ln", 35},
                                                         {"log", 35},
                                                         {"log10", 35},
                                                         {"log2", 35},
                                                         {"mod", 35},
                                                         {"nth_value", 25},
                                                         {"ntile", 25},
                                                         {"octet_length", 43},
                                                         {"percent_rank", 25},
                                                         {"pi", 35},
                                                         {"pow", 35},
                                                         {"power", 35},
                                                         {"radians", 35},
                                                         {"rank", 25},
                                                         {"row_number", 25},
                                                         {"sign", 35},
                                                         {"sin", 35},
                                                         {"sinh", 35},
                                                         {"sqrt", 35},
                                                         {"string_agg", 44},
                                                         {"tan", 35},
                                                         {"tanh", 35},
                                                         {"timediff", 43},
                                                         {"trunc", 35},
                                                         {"unhex", 41},
                                                         {"unixepoch", 38}});

/// Reads one statement from its first token to its last.
class feature_reader {
public:
    explicit feature_reader(const token_reader& tokens) : tokens_(tokens) {}

    std::vector<used_feature> run() {
        check_statement();
        for (at_ = 0; at_ < tokens_.size(); ++at_) {
            if (is("(")) ++depth_;
            if (is(")") && depth_ > 0) --depth_;
            check_token();
        }
        return std::move(found_);
    }

private:
    void add(std::size_t token, std::string what, int minor) {
        found_.push_back({token, std::move(what), since(minor)});
    }

    [[nodiscard]] bool is(std::string_view symbol) const { return tokens_.symbol(at_, symbol); }
    [[nodiscard]] bool word(std::string_view expected, std::size_t ahead = 0) const {
        return tokens_.word(at_ + ahead, expected);
    }
    [[nodiscard]] bool behind_parenthesis() const { return at_ > 0 && tokens_.symbol(at_ - 1, ")"); }
    [[nodiscard]] bool before_parenthesis() const { return tokens_.symbol(at_ + 1, "("); }

    void check_statement() {
        if (tokens_.word(0, "vacuum")) {
            if (const auto into = tokens_.find_word("into")) add(*into, "VACUUM INTO", 27);
        }
        if (!tokens_.words(0, {"alter", "table"})) return;
        const std::size_t action = tokens_.symbol(3, ".") ? 5 : 3;
        if (tokens_.word(action, "drop")) add(action, "ALTER TABLE .. DROP COLUMN", 35);
        if (tokens_.word(action, "rename") && !tokens_.word(action + 1, "to")) {
            add(action, "ALTER TABLE .. RENAME COLUMN", 25);
        }
    }

    void check_token() {
        const token& here = tokens_[at_];
        if (here.kind == token_kind::operator_sign) {
            if (is("->") || is("->>")) add(at_, "operator " + std::string(tokens_.text(at_)), 38);
        } else if (here.kind == token_kind::number) {
            if (tokens_.text(at_).find('_') != std::string_view::npos) add(at_, "a number with _ in it", 46);
        } else if (here.kind == token_kind::word) {
            check_clauses();
            check_definitions();
            check_queries();
            check_function();
        }
    }

    void check_clauses() {
        if (word("on") && word("conflict", 1) && (tokens_.symbol(at_ + 2, "(") || word("do", 2))) {
            add(at_, "INSERT .. ON CONFLICT DO", 24);
        }
        if (word("returning") && tokens_.any_word(0, {"insert", "update", "delete", "replace", "with"})) {
            add(at_, "RETURNING", 35);
        }
        if (word("set") && update_has_from()) add(at_, "UPDATE .. FROM", 33);
        if (word("nulls") && (word("first", 1) || word("last", 1))) add(at_, "NULLS FIRST and LAST", 30);
        if (word("true") || word("false")) add(at_, "TRUE and FALSE", 23);
    }

    void check_definitions() {
        if (!tokens_.any_word(0, {"create", "alter"})) return;
        const bool generated = word("generated") && word("always", 1);
        const bool short_form = word("as") && before_parenthesis() && tokens_.word(0, "create") && depth_ == 1 &&
                                !tokens_.word(at_ - 1, "always") && creates_table();
        if (generated || short_form) add(at_, "a generated column", 31);
        if (word("strict") && depth_ == 0 && at_ > 3 && creates_table()) add(at_, "a STRICT table", 37);
    }

    void check_queries() {
        if (behind_parenthesis() && word("over")) add(at_, "a window function", 25);
        if (behind_parenthesis() && word("filter") && before_parenthesis()) add(at_, "FILTER behind an aggregate", 30);
        if ((word("right") || word("full")) && (word("join", 1) || (word("outer", 1) && word("join", 2)))) {
            add(at_, "RIGHT and FULL JOIN", 39);
        }
        if (word("as") && (word("materialized", 1) || (word("not", 1) && word("materialized", 2)))) {
            add(at_, "a MATERIALIZED hint", 35);
        }
        const bool distinct = word("distinct", 1) || (word("not", 1) && word("distinct", 2));
        if (word("is") && distinct && (word("from", 2) || word("from", 3))) add(at_, "IS DISTINCT FROM", 39);
    }

    void check_function() {
        if (!before_parenthesis() || names_something()) return;
        const std::string name = tokens_.plain(at_);
        const auto fact = std::ranges::find(functions, name, &function_fact::name);
        if (fact != functions.end()) add(at_, "the function " + name + "()", fact->minor);
    }

    /// `CREATE TABLE sign (`, `INSERT INTO format (`, `WITH rank (a) AS (`: a table's name.
    [[nodiscard]] bool names_something() const {
        if (at_ == 0) return true;
        if (tokens_.any_word(at_ - 1,
                             {"table", "into", "exists", "references", "update", "with", "recursive", "view"}) ||
            tokens_.symbol(at_ - 1, ".")) {
            return true;
        }
        return tokens_.word(at_ - 1, "on") && tokens_.word(0, "create");
    }

    [[nodiscard]] bool creates_table() const {
        return tokens_.words(0, {"create", "table"}) ||
               (tokens_.word(0, "create") && tokens_.any_word(1, {"temp", "temporary"}) && tokens_.word(2, "table"));
    }

    /// From this SET on, before WHERE and at the same depth.
    [[nodiscard]] bool update_has_from() const {
        std::size_t depth = 0;
        for (std::size_t i = at_ + 1; i < tokens_.size(); ++i) {
            if (tokens_.symbol(i, "(")) ++depth;
            if (tokens_.symbol(i, ")") && depth-- == 0) return false;
            if (depth > 0) continue;
            if (tokens_.symbol(i, ";") || tokens_.any_word(i, {"where", "returning"})) return false;
            if (tokens_.word(i, "from") && !tokens_.word(i - 1, "distinct")) return true;
        }
        return false;
    }

    const token_reader& tokens_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    std::vector<used_feature> found_;
};

}  // namespace

std::vector<used_feature> used_features(const token_reader& tokens) { return feature_reader(tokens).run(); }

}  // namespace varve::generator
