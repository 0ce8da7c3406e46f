#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// Why PostgreSQL's grammar refuses a statement.
struct syntax_failure {
    std::string message;     ///< PostgreSQL's own, its first line: `syntax error at or near "TABL"`
    std::size_t offset = 0;  ///< bytes from the statement's beginning; its size: at the end
    bool exact = true;       ///< false: the place is not known, and the offset is 0
};

/// What PL/pgSQL's compiler says about the body of a function, a procedure or a DO block.
struct body_failure {
    std::string message;
    std::uint32_t line = 0;  ///< of the body, whose first is 1, at or before the mistake; 0: not known
    bool certain = true;     ///< false: PostgreSQL itself might accept the body
};

/// A statement as PostgreSQL's own grammar reads it.
struct parsed_statement {
    /// The node of the statement alone as JSON: `{"CreateStmt":{..}}`; each `location` in it counts bytes from the
    /// statement's beginning. Never nested deeper than `deepest_tree` levels. Empty if it was not parsed.
    std::string tree;
    std::optional<syntax_failure> failure;
    std::optional<body_failure> body;
    bool body_ends_transactions = false;  ///< PL/pgSQL with COMMIT or ROLLBACK in it
    std::string crash;                    ///< what ended the parser over this, or made it give up: `Segmentation fault`
};

/// So that whoever walks a tree may do so by recursion.
constexpr std::size_t deepest_tree = 2000;

/// The major version of the PostgreSQL whose grammar is built in; nothing if none is.
[[nodiscard]] std::optional<int> postgresql_parser_version();

/// Parses statements, each UTF-8 without NUL and without its `;`; one result each. The parser runs in a process of its
/// own where the system has such: its crash is a result. All results are empty if no grammar is built in. For one
/// thread at a time; a call costs some 20 microseconds beside the parsing, so give it all statements of a script.
[[nodiscard]] std::vector<parsed_statement> parse_postgresql(std::span<const std::string> statements);

}  // namespace varve::generator
