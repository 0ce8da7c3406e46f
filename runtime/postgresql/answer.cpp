#include "answer.hpp"

namespace varve::postgresql {
namespace {

// Rows and fields, and the numbers that name them, have different types in the versions of libpqxx.
auto field_at(const pqxx::result& answer, std::size_t row, std::size_t column) {
    return answer[static_cast<pqxx::result::size_type>(row)][static_cast<pqxx::row::size_type>(column)];
}

}  // namespace

std::size_t count_of(const pqxx::result& answer) { return static_cast<std::size_t>(answer.size()); }

bool is_null(const pqxx::result& answer, std::size_t row, std::size_t column) {
    return field_at(answer, row, column).is_null();
}

std::string_view text_in(const pqxx::result& answer, std::size_t row, std::size_t column) {
    return field_at(answer, row, column).c_str();  // libpq gives an empty text for NULL
}

std::int64_t number_in(const pqxx::result& answer, std::size_t row, std::size_t column) {
    return optional_number_in(answer, row, column).value_or(0);
}

std::optional<std::int64_t> optional_number_in(const pqxx::result& answer, std::size_t row, std::size_t column) {
    const auto field = field_at(answer, row, column);
    if (field.is_null()) return std::nullopt;
    return field.as<std::int64_t>();
}

bool is_true(const pqxx::result& answer, std::size_t row, std::size_t column) {
    return text_in(answer, row, column) == "t";
}

}  // namespace varve::postgresql
