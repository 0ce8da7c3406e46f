#include "code_access.hpp"

#include "answer.hpp"
#include "error_mapping.hpp"
#include "filled_text.hpp"

#include <varve/transaction.hpp>

#include <array>
#include <charconv>
#include <exception>
#include <optional>
#include <utility>

namespace varve::postgresql {
namespace {

constexpr unsigned boolean_type = 16;
constexpr unsigned bytes_type = 17;

std::string hexadecimal(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "\\x";
    for (const char each : bytes) {
        const auto byte = static_cast<unsigned char>(each);
        text += digits[byte >> 4U];
        text += digits[byte & 0xfU];
    }
    return text;
}

template <typename Number>
std::string decimal(Number value) {
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

// The server knows which type it needs at each place.
std::optional<std::string> text_of(const parameter& value) {
    switch (value.is()) {
        case parameter::kind::null:
            return std::nullopt;
        case parameter::kind::boolean:
            return value.integer() != 0 ? "true" : "false";
        case parameter::kind::integer:
            return decimal(value.integer());
        case parameter::kind::real:
            return decimal(value.real());
        case parameter::kind::bytes:
            return hexadecimal(value.text());
        case parameter::kind::text:
            break;
    }
    if (value.text().find('\0') != std::string_view::npos) {
        throw error({.code = error_code::invalid_argument,
                     .message = "PostgreSQL cannot store a text with a zero byte",
                     .hint = "bind it as bytes"});
    }
    return std::string(value.text());
}

int value_of_digit(char digit) { return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10; }

std::string bytes_from(std::string_view text) {
    std::string bytes;
    for (std::size_t at = 2; at + 1 < text.size(); at += 2) {
        bytes += static_cast<char>(value_of_digit(text[at]) * 16 + value_of_digit(text[at + 1]));
    }
    return bytes;
}

std::string value_in(const pqxx::result& from, std::size_t row, std::size_t column, unsigned type) {
    const std::string text(text_in(from, row, column));
    if (type == boolean_type) return text == "t" ? "1" : "0";
    return type == bytes_type ? bytes_from(text) : text;
}

statement_result result_from(const pqxx::result& answer) {
    statement_result result;
    std::vector<unsigned> types;
    for (pqxx::row_size_type column = 0; column < answer.columns(); ++column) {
        result.columns.emplace_back(answer.column_name(column));
        types.push_back(static_cast<unsigned>(answer.column_type(column)));
    }
    for (std::size_t row = 0; row < count_of(answer); ++row) {
        for (std::size_t column = 0; column < types.size(); ++column) {
            if (is_null(answer, row, column)) {
                result.values.emplace_back();
            } else {
                result.values.emplace_back(value_in(answer, row, column, types[column]));
            }
        }
    }
    result.changed = static_cast<std::int64_t>(answer.affected_rows());
    return result;
}

/// What C++ does in a transaction of ours.
class code_access final : public transaction_access {
public:
    explicit code_access(connection& db) : db_(db) {}

    [[nodiscard]] engine_kind engine() const override { return engine_kind::postgresql; }

    statement_result run(const sql_text& sql, std::span<const parameter> values) override {
        require_usable();
        std::vector<std::optional<std::string>> texts;
        texts.reserve(values.size());
        for (const parameter& each : values) texts.push_back(text_of(each));
        std::vector<const char*> bound;
        bound.reserve(texts.size());
        for (const auto& each : texts) bound.push_back(each ? each->c_str() : nullptr);
        try {
            return result_from(db_.run_with_values(std::string(sql.text), bound));
        } catch (const server_error& refused) {
            const runnable script{.file = {}, .statements = {{.sql = sql.text, .placeholders = {}, .text = sql.text}}};
            error_details details = statement_error(refused, script, 0, sent::alone).details();
            details.line = 0;
            details.column = 0;
            const error failure(std::move(details));
            ended_by_ = std::make_exception_ptr(failure);
            throw failure;
        } catch (const connection_lost&) {
            ended_by_ = std::current_exception();
            throw;
        }
    }

    bool exists(const named_object& what) override {
        require_usable();
        try {
            return is_true(db_.run(text_to_find(what)), 0, 0);
        } catch (const connection_lost&) {
            ended_by_ = std::current_exception();
            throw;
        }
    }

    void tell(const work_done&) override {}

    /// Once it is over: throws what ended the transaction.
    void require_usable() const {
        if (ended_by_) std::rethrow_exception(ended_by_);
    }
    [[nodiscard]] bool is_lost() const {
        try {
            require_usable();
        } catch (const connection_lost&) {
            return true;
        } catch (const error&) {
            return false;
        }
        return false;
    }

private:
    [[nodiscard]] std::string text_to_find(const named_object& what) {
        const bool is_index = what.is == named_object::kind::index;
        const std::string relation = db_.quoted(is_index ? what.name : what.table);
        const std::string visible = what.schema.empty() ? std::string("pg_catalog.pg_table_is_visible(c.oid)")
                                                        : filled("n.nspname = {}", {db_.quoted(what.schema)});
        std::string column;
        if (what.is == named_object::kind::column) {
            column = filled(
                " AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT "
                "a.attisdropped AND a.attname = {})",
                {db_.quoted(what.name)});
        }
        return filled(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind IN ({}) AND c.relname = {} AND {}{})",
            {is_index ? "'i', 'I'" : "'r', 'p', 'f'", relation, visible, column});
    }

    connection& db_;
    std::exception_ptr ended_by_;
};

}  // namespace

void run_with_access(connection& db, const transaction_code& code) {
    code_access access(db);
    try {
        code(access);
    } catch (...) {
        if (access.is_lost()) access.require_usable();
        throw;
    }
    access.require_usable();
}

}  // namespace varve::postgresql
