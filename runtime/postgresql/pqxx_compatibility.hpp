#pragma once

#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#ifndef PQXX_VERSION_MAJOR
#include <pqxx/version>
#endif

#include <exception>
#include <string>
#include <vector>

/// Everything in which libpqxx 6.4, 7.10 and 8.0 differ, as far as varve uses it. Otherwise varve keeps to what is the
/// same in all of them: exec with one string, quote, quote_name, rows by index, sql_error::sqlstate().
namespace varve::postgresql {

#if PQXX_VERSION_MAJOR > 7 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 10)

/// Keeps notices and warnings of a connection of our own from being printed to standard error.
class muted_notices {
public:
    explicit muted_notices(pqxx::connection& connection) {
        connection.set_notice_handler([](pqxx::zview) noexcept {});
    }
};

#else

/// Keeps notices and warnings of a connection of our own from being printed to standard error.
class muted_notices : private pqxx::errorhandler {
public:
    explicit muted_notices(pqxx::connection& connection) : pqxx::errorhandler(connection) {}

private:
    bool operator()(const char[]) noexcept override { return false; }
};

#endif

/// Runs one statement with values bound to it, as texts; null: NULL.
template <typename Transaction>
pqxx::result run_with_values(Transaction& in, const std::string& sql, const std::vector<const char*>& values) {
#if PQXX_VERSION_MAJOR > 7 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 10)
    pqxx::params all;
    for (const char* each : values) {
        if (each == nullptr) {
            all.append();
        } else {
            all.append(std::string(each));
        }
    }
    return in.exec(sql, all);
#else
    return in.exec_params(sql, pqxx::prepare::make_dynamic_params(values));
#endif
}

/// What libpqxx threw, as values.
struct caught_failure {
    enum class kind { refused, lost, usage } what = kind::refused;
    std::string sqlstate{};
    std::string text{};  ///< libpq's text: severity, message, LINE with caret, DETAIL, HINT, QUERY, CONTEXT
};

namespace compatibility {

// 6.4 gives no SQLSTATE for what the server rolled back by itself, nor for 42501; 7.10 not for 42501.
template <typename Thrown>
caught_failure refused(const Thrown& thrown, const char* sqlstate_by_type) {
    caught_failure result{.sqlstate = sqlstate_by_type, .text = thrown.what()};
    if constexpr (requires { thrown.sqlstate(); }) {
        if (const std::string_view given{thrown.sqlstate()}; !given.empty()) result.sqlstate = given;
    }
    return result;
}

}  // namespace compatibility

/// Call inside a catch block. A class of exceptions says "broken connection" also when a script raised SQLSTATE 08xxx
/// or 53300; `is_open` tells these apart. Lets pass what is not libpqxx's.
inline caught_failure caught(const pqxx::connection& connection) {
    using compatibility::refused;
    try {
        throw;
    } catch (const pqxx::in_doubt_error& thrown) {
        return {.what = caught_failure::kind::lost, .text = thrown.what()};
    } catch (const pqxx::too_many_connections& thrown) {
        if (!connection.is_open()) return {.what = caught_failure::kind::lost, .text = thrown.what()};
        return refused(thrown, "53300");
    } catch (const pqxx::broken_connection& thrown) {
        if (!connection.is_open()) return {.what = caught_failure::kind::lost, .text = thrown.what()};
        return refused(thrown, "08000");
    } catch (const pqxx::insufficient_privilege& thrown) {
        return refused(thrown, "42501");
    } catch (const pqxx::deadlock_detected& thrown) {
        return refused(thrown, "40P01");
    } catch (const pqxx::serialization_failure& thrown) {
        return refused(thrown, "40001");
    } catch (const pqxx::statement_completion_unknown& thrown) {
        return refused(thrown, "40003");
    } catch (const pqxx::transaction_rollback& thrown) {
        return refused(thrown, "40000");
    } catch (const pqxx::sql_error& thrown) {
        return refused(thrown, "");
    } catch (const pqxx::usage_error& thrown) {
        return {.what = caught_failure::kind::usage, .text = thrown.what()};
    } catch (const pqxx::failure& thrown) {  // the base of usage_error since libpqxx 8
        return {.what = connection.is_open() ? caught_failure::kind::refused : caught_failure::kind::lost,
                .text = thrown.what()};
    }
}

}  // namespace varve::postgresql
