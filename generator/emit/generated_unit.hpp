#pragma once

#include <emit/unit_tables.hpp>
#include <source/migration_source.hpp>

#include <string>
#include <string_view>

namespace varve::generator {

/// The two files of a history, as text (docs/generated_unit.md). They depend on the arguments alone: no path, no time,
/// nothing of the machine.
struct generated_unit {
    /// Declares the history. Does not change when only SQL does, so that nothing that includes it is compiled again.
    std::string header;
    /// Defines it: constant data, initialised by the compiler.
    std::string source;
};

/// `name_space` is valid: see cpp_namespace.hpp.
[[nodiscard]] generated_unit make_unit(const history_source&, const unit_tables&, std::string_view name_space);

}  // namespace varve::generator
