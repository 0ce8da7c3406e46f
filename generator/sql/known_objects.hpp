#pragma once

#include <sql/token_reader.hpp>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace varve::generator {

/// What earlier statements made that decides whether a later one can run in a transaction, as far as parse trees told.
/// Names are as the server stores them, without `public.`.
struct known_objects {
    std::set<std::string, std::less<>> committing_procedures;  ///< PL/pgSQL with COMMIT or ROLLBACK in it
    std::set<std::string, std::less<>> partitioned_tables;
    std::map<std::string, std::string, std::less<>> partitioned_indexes;  ///< and the table of each
};

}  // namespace varve::generator
