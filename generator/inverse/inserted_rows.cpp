#include <inverse/inserted_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace varve::generator {
namespace {

using sql_texts = std::vector<std::string>;

/// Reads `INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y')`, and no other form.
class insert_reading {
public:
    insert_reading(const statement_text& text, const known_table& table) : text_(text), table_(table) {}

    /// The values of these columns, row by row; nothing if they are not all constants.
    std::optional<std::vector<sql_texts>> values_of(const sql_texts& wanted) {
        if (!text_.tokens().words(0, {"insert", "into"})) return std::nullopt;
        static_cast<void>(text_.qualified_name(at_));  // goes behind it
        const sql_texts columns = read_columns();
        if (!text_.tokens().word(at_, "values")) return std::nullopt;
        std::vector<sql_texts> rows;
        for (++at_; text_.tokens().symbol(at_, "("); ++at_) {
            const std::size_t behind = text_.behind_parentheses(at_);
            auto row = read_row(columns, wanted);
            if (!row) return std::nullopt;
            rows.push_back(*std::move(row));
            at_ = behind;
            if (at_ >= text_.size()) return rows;
            if (!text_.tokens().symbol(at_, ",")) break;  // ON CONFLICT, RETURNING
        }
        return std::nullopt;
    }

private:
    sql_texts read_columns() {
        sql_texts columns;
        if (!text_.tokens().symbol(at_, "(")) {
            for (const known_column& each : table_.columns) columns.push_back(each.definition.name);
            return table_.columns_are_known ? columns : sql_texts();
        }
        const std::size_t behind = text_.behind_parentheses(at_);
        for (++at_; at_ < behind; at_ = text_.end_of_element(at_) + 1) columns.push_back(text_.name(at_));
        at_ = behind;
        return columns;
    }

    std::optional<sql_texts> read_row(const sql_texts& columns, const sql_texts& wanted) {
        sql_texts row(wanted.size());
        std::size_t at = at_ + 1;
        for (const std::string& column : columns) {
            const std::size_t end = text_.end_of_element(at);
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                if (!same_name(column, wanted[i], table_)) continue;
                if (!is_constant(at, end)) return std::nullopt;
                row[i] = text_.text(at, end);
            }
            at = end + 1;
        }
        const bool all = std::ranges::none_of(row, [](const std::string& each) { return each.empty(); });
        return all ? std::optional(row) : std::nullopt;
    }

    /// A number or a text; not NULL, which no key is.
    [[nodiscard]] bool is_constant(std::size_t begin, std::size_t end) const {
        const token_reader& tokens = text_.tokens();
        if (tokens.symbol(begin, "-")) ++begin;
        if (end != begin + 1 || begin >= tokens.size()) return false;
        return tokens[begin].kind == token_kind::number || (tokens.quoted(begin) && tokens.text(begin).back() == '\'');
    }

    const statement_text& text_;
    const known_table& table_;
    std::size_t at_ = 2;
};

sql_texts primary_key_of(const known_table& table) {
    for (const known_constraint& each : table.constraints) {
        if (each.definition.kind == constraint_kind::primary_key) return each.definition.columns;
    }
    return {};
}

std::string condition_of(const undone_statement& statement, const sql_texts& key, const std::vector<sql_texts>& rows) {
    std::string text;
    if (key.size() == 1 && rows.size() > 1) {
        for (const sql_texts& row : rows) text += (text.empty() ? "" : ", ") + row.front();
        return statement.quoted(key.front()) + " IN (" + text + ")";
    }
    for (const sql_texts& row : rows) {
        std::string one;
        for (std::size_t i = 0; i < key.size(); ++i) {
            one += (i == 0 ? "" : " AND ") + statement.quoted(key[i]) + " = " + row[i];
        }
        text += (text.empty() ? "" : " OR ") + one;
    }
    return text;
}

}  // namespace

std::string delete_inserted(const undone_statement& statement, const data_change& changed) {
    const known_table* const table = statement.before.find_table(changed.table);
    if (table == nullptr) return {};
    const sql_texts key = primary_key_of(*table);
    if (key.empty()) return {};
    const statement_text text = statement.history.text(statement.at);
    const auto rows = insert_reading(text, *table).values_of(key);
    if (!rows || rows->empty()) return {};
    return "DELETE FROM " + statement.quoted(changed.table) + " WHERE " + condition_of(statement, key, *rows);
}

}  // namespace varve::generator
