#include "time_limits.hpp"

#include "raise.hpp"

namespace varve::core {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest{2'147'483'647};

std::optional<milliseconds> given(std::int64_t value) {
    return value == script_limits::not_given ? std::nullopt : std::optional(milliseconds(value));
}

bool is_for_every_script(const time_limit& limit) { return limit.of() == time_limit::scope::every_script; }

milliseconds chosen(const std::optional<milliseconds>& own, const time_limit& wanted) {
    return own && !is_for_every_script(wanted) ? *own : wanted.value();
}

void check_limit(std::string_view name, const time_limit& limit) {
    if (limit.value().count() >= 0 && limit.value() <= longest) return;
    raise(error_code::invalid_argument, {name, " is negative or longer than 24 days"}, "0 is no limit");
}

}  // namespace

time_limits limits_of(const script_limits& said) {
    return {.lock = given(said.lock_timeout), .statement = given(said.statement_timeout)};
}

time_limits limits_for(const time_limits& own, const options& how) {
    return {.lock = chosen(own.lock, how.lock_timeout),
            .statement = chosen(own.statement, how.statement_timeout),
            .lock_limit_is_given = own.lock.has_value() || is_for_every_script(how.lock_timeout)};
}

void check_limits(const options& how) {
    check_limit("lock_timeout", how.lock_timeout);
    check_limit("statement_timeout", how.statement_timeout);
}

}  // namespace varve::core
