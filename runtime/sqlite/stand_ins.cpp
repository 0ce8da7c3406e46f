#include "stand_ins.hpp"

#include "core/raise.hpp"

#include <sqlite3.h>

#include <charconv>

namespace varve::sqlite {
namespace {

// The first argument that is not NULL, else a number that was not there before.
sqlite3_value* first_of(int count, sqlite3_value** all) noexcept {
    for (int i = 0; i < count; ++i)
        if (sqlite3_value_type(all[i]) != SQLITE_NULL) return all[i];
    return nullptr;
}

void answer(sqlite3_context* to, sqlite3_value* value) noexcept {
    if (value != nullptr) sqlite3_result_value(to, value);
    if (value == nullptr) sqlite3_result_int64(to, ++*static_cast<std::int64_t*>(sqlite3_user_data(to)));
}

void call(sqlite3_context* context, int count, sqlite3_value** all) { answer(context, first_of(count, all)); }

// What an aggregate has found so far is copied to where SQLite keeps it.
sqlite3_value** found_in(sqlite3_context* context, int size) noexcept {
    return static_cast<sqlite3_value**>(sqlite3_aggregate_context(context, size));
}

void step(sqlite3_context* context, int count, sqlite3_value** all) {
    sqlite3_value** const found = found_in(context, sizeof(sqlite3_value*));
    if (found == nullptr || *found != nullptr) return;
    if (sqlite3_value* const first = first_of(count, all)) *found = sqlite3_value_dup(first);
}

void current(sqlite3_context* context) {
    sqlite3_value** const found = found_in(context, 0);
    answer(context, found == nullptr ? nullptr : *found);
}

void finish(sqlite3_context* context) {
    current(context);
    if (sqlite3_value** const found = found_in(context, 0)) sqlite3_value_free(*found);
}

void leave(sqlite3_context* /*context*/, int /*count*/, sqlite3_value** /*all*/) {}

int compare_bytes(void* /*nothing*/, int size, const void* text, int other_size, const void* other) {
    const std::string_view first(static_cast<const char*>(text), static_cast<std::size_t>(size));
    return first.compare({static_cast<const char*>(other), static_cast<std::size_t>(other_size)});
}

void check(int result, std::string_view name) {
    if (result == SQLITE_OK) return;
    core::raise(error_code::invalid_argument, {"SQLite takes no stand-in for ", name, ": ", sqlite3_errstr(result)},
                "");
}

}  // namespace

void add_stand_in_function(const connection& to, std::string_view function, std::int64_t& made_up) {
    constexpr std::string_view aggregate = ":aggregate";
    const bool is_aggregate = function.ends_with(aggregate);
    if (is_aggregate) function.remove_suffix(aggregate.size());
    const std::string_view name = function.substr(0, function.find('/'));
    int count = -1;
    if (name.size() < function.size())
        std::from_chars(function.data() + name.size() + 1, function.data() + function.size(), count);
    const std::string text(name);
    const int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS | (count == 0 || is_aggregate ? 0 : SQLITE_DETERMINISTIC);
    check(is_aggregate ? sqlite3_create_window_function(to.handle(), text.c_str(), count, flags, &made_up, step, finish,
                                                        current, leave, nullptr)
                       : sqlite3_create_function_v2(to.handle(), text.c_str(), count, flags, &made_up, call, nullptr,
                                                    nullptr, nullptr),
          name);
}

void add_stand_in_collation(const connection& to, const std::string& name) {
    check(sqlite3_create_collation_v2(to.handle(), name.c_str(), SQLITE_UTF8, nullptr, compare_bytes, nullptr), name);
}

}  // namespace varve::sqlite
