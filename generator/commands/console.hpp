#pragma once

#include <source/diagnostic.hpp>

#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace varve::generator {

/// The exit codes of `varve` (docs/generator.md).
enum class exit_code : std::uint8_t {
    success = 0,
    errors = 1,     ///< diagnostics say what is wrong with the migrations
    usage = 2,      ///< the command line makes no sense
    unreadable = 3  ///< something could not be read or written
};

/// Where a command writes: its results to `out`; diagnostics to `err` as text, or to `out` in any other format.
struct console {
    std::ostream& out;
    std::ostream& err;
    output_format format = output_format::text;

    /// `out` is one document for a program, in which no other word may stand.
    [[nodiscard]] bool writes_a_document() const {
        return format == output_format::json || format == output_format::sarif;
    }
};

/// Says what went wrong that is no diagnostic, with a hint if there is one, and returns the code.
exit_code fail(const console&, std::string_view message, std::string_view hint, exit_code);

/// Prints everything that was reported and says what follows from it.
exit_code conclude(const console&, const diagnostics&);

}  // namespace varve::generator
