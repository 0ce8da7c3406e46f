#pragma once

#include <sql/grammar_options.hpp>
#include <sql/postgresql_parser.hpp>
#include <sql/script_findings.hpp>
#include <sql/token_reader.hpp>

#include <string_view>
#include <vector>

namespace varve::generator {

/// What decides how bad it is that the grammar refuses a statement.
struct grammar_terms {
    int grammar_version = 0;
    grammar_options options;
    script_standing standing = script_standing::draft;
};

/// The codes of what grammar_findings() reports. None is a rule of lint; each can be allowed.
[[nodiscard]] bool is_grammar_code(std::string_view);

/// What PostgreSQL's grammar found wrong with a statement: its syntax (M101), the body of a function or of a DO block
/// (M102), or that it made the parser crash (M121). Offsets are those of the file.
[[nodiscard]] std::vector<finding> grammar_findings(const parsed_statement&, const token_reader& statement,
                                                    const grammar_terms&);

}  // namespace varve::generator
