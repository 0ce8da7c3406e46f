#pragma once

#include <schema/changes.hpp>

#include <string>

namespace varve::generator {

/// How messages write a type: `varchar(20)`, `numeric(10,2)[]`.
[[nodiscard]] std::string type_text(const type_name&);

/// `serial` and its relatives: PostgreSQL makes an integer with a sequence as its default of it.
[[nodiscard]] bool is_serial(const type_name&);

/// The type as written, and of `serial` and its relatives the integer that is stored.
[[nodiscard]] std::string integer_text(const type_name&);

}  // namespace varve::generator
