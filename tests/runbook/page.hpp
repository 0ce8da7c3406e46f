#pragma once

#include <string>
#include <string_view>

namespace varve::testing {

/// The two parts of the runbook.
enum class part { errors, problems };

/// What differs from run to run made the same: processes, times, directories.
[[nodiscard]] std::string stable(std::string text);

/// The section of a code, without its heading.
[[nodiscard]] std::string section_of(part, std::string_view code);

/// Fails the test unless this is the block below the heading. With VARVE_UPDATE_GOLDEN=1 writes it instead.
void expect_shown(part, std::string_view code, const std::string& output);

}  // namespace varve::testing
