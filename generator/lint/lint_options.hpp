#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace varve::generator {

/// `add_db_migrations(.. LINT <profile>)`. `default` is `standard` here.
enum class lint_profile : std::uint8_t { off, standard, online, strict };

/// What is looked for, and how bad it is (docs/lint.md).
struct lint_options {
    lint_profile profile = lint_profile::standard;
    std::vector<std::string> errors;  ///< LINT_ERROR: codes, or prefixes of codes: `M2`
    std::vector<std::string> off;     ///< LINT_OFF
};

}  // namespace varve::generator
