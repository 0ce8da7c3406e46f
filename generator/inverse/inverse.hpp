#pragma once

#include <source/migration_source.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace varve::generator {

/// What a line of an inverse is. All but statements become comments; `loses_data`, `may_fail` and `check` are about the
/// statement below them.
enum class inverse_line_kind : std::uint8_t {
    statement,
    loses_data,  ///< what is gone once it has run
    may_fail,    ///< the rows that would make it fail
    check,       ///< what a person has to look at
    nothing,     ///< a statement of the up script that leaves nothing to undo, and why
    no_inverse,  ///< a statement of the up script that nothing undoes, and why
};

struct inverse_line {
    inverse_line_kind kind = inverse_line_kind::statement;
    std::string text;  ///< of a statement: without its `;`
};

/// A statement of the up script, or one of its actions, whose inverse cannot be inferred.
struct missing_inverse {
    std::size_t offset = 0;  ///< bytes into the up script's text
    std::string what;        ///< `DROP TABLE users`
    std::string why;         ///< `its rows are gone`
};

/// What undoes a migration.
struct inverse {
    std::vector<inverse_line> lines;        ///< in the order in which they run
    std::vector<missing_inverse> problems;  ///< in the order of the up script; empty: everything is undone
    bool mixes_modes = false;               ///< some of the statements cannot run in a transaction, others can
};

/// The inverse of one migration (an index into the history) as far as it can be inferred from its statements and from
/// what the migrations before it did. Of a PostgreSQL script without a grammar: what the tokens tell.
[[nodiscard]] inverse inverse_of(const history_source&, std::size_t migration);

}  // namespace varve::generator
