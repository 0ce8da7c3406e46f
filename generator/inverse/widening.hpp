#pragma once

#include <schema/changes.hpp>

#include <optional>
#include <string>

namespace varve::generator {

/// A type as SQL writes it: `varchar(20)`, `numeric(10,2)`, `"My Type"[]`.
[[nodiscard]] std::string written_type(const type_name&);

/// What it costs to give a column of PostgreSQL its former type back.
struct narrowing {
    std::string loses;  ///< of the values written since; empty: nothing
    std::string fails;  ///< the values that make it fail; empty: none
};

/// Nothing unless every value of the old type is one of the new: else a change of type loses something at once.
[[nodiscard]] std::optional<narrowing> narrowing_back(const type_name& old_type, const type_name& new_type);

}  // namespace varve::generator
