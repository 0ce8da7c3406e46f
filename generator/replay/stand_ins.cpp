#include <replay/stand_ins.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace varve::generator {

/// What SQLite calls.
struct stand_in_callbacks {
    static sqlite3_value* first_of(int count, sqlite3_value** arguments) noexcept {
        for (int i = 0; i < count; ++i) {
            if (sqlite3_value_type(arguments[i]) != SQLITE_NULL) return arguments[i];
        }
        return nullptr;
    }

    static void give(sqlite3_context* context, sqlite3_value* value) noexcept {
        if (value != nullptr) {
            sqlite3_result_value(context, value);
            return;
        }
        auto* const self = static_cast<stand_ins*>(sqlite3_user_data(context));
        sqlite3_result_int64(context, ++self->made_up_);
    }

    static void call(sqlite3_context* context, int count, sqlite3_value** arguments) noexcept {
        give(context, first_of(count, arguments));
    }

    // An aggregate keeps a copy of its value where SQLite lets it: NULL at first, or without a row.
    static sqlite3_value** kept(sqlite3_context* context, int size) noexcept {
        return static_cast<sqlite3_value**>(sqlite3_aggregate_context(context, size));
    }

    static void step(sqlite3_context* context, int count, sqlite3_value** arguments) noexcept {
        sqlite3_value** const value = kept(context, sizeof(sqlite3_value*));
        sqlite3_value* const first = first_of(count, arguments);
        if (value != nullptr && *value == nullptr && first != nullptr) *value = sqlite3_value_dup(first);
    }

    static void value(sqlite3_context* context) noexcept {
        sqlite3_value** const value = kept(context, 0);
        give(context, value == nullptr ? nullptr : *value);
    }

    static void finish(sqlite3_context* context) noexcept {
        value(context);
        if (sqlite3_value** const value = kept(context, 0); value != nullptr) sqlite3_value_free(*value);
    }

    // A row that leaves a window changes nothing.
    static void inverse(sqlite3_context* /*context*/, int /*count*/, sqlite3_value** /*arguments*/) noexcept {}

    static int compare(void* /*self*/, int first_size, const void* first, int second_size,
                       const void* second) noexcept {
        const auto common = static_cast<std::size_t>(std::min(first_size, second_size));
        const int order = std::memcmp(first, second, common);
        return order != 0 ? order : first_size - second_size;
    }
};

void stand_ins::add(sqlite3* to, const stand_in_function& which) {
    using calls = stand_in_callbacks;
    const int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS;
    if (which.kind == function_kind::aggregate) {
        sqlite3_create_window_function(to, which.name.c_str(), which.arguments, flags, this, calls::step, calls::finish,
                                       calls::value, calls::inverse, nullptr);
        return;
    }
    // Without arguments it cannot be what an index or a generated column needs, and each call may be another value.
    const int varies = which.arguments == 0 ? 0 : SQLITE_DETERMINISTIC;
    sqlite3_create_function_v2(to, which.name.c_str(), which.arguments, flags | varies, this, calls::call, nullptr,
                               nullptr, nullptr);
}

void stand_ins::add_collation(sqlite3* to, const std::string& name) {
    sqlite3_create_collation_v2(to, name.c_str(), SQLITE_UTF8, nullptr, stand_in_callbacks::compare, nullptr);
}

}  // namespace varve::generator
