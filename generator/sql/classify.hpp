#pragma once

#include <source/diagnostic.hpp>
#include <source/text_file.hpp>
#include <sql/grammar_options.hpp>
#include <sql/known_objects.hpp>
#include <sql/statement.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace varve::generator {

/// A `${name}` inside a statement, outside quotes. The offset counts from the beginning of the file's text, like the
/// statement's own.
struct variable_use {
    std::size_t offset = 0;
    std::size_t size = 0;
    std::string name;
};

/// A statement ready to be embedded.
struct classified_statement {
    sql_statement tokens;
    std::size_t offset = 0;  ///< bytes into the file's text
    std::size_t size = 0;
    bool transactional = true;  ///< false: it cannot run, or does nothing, inside a transaction
    digest checksum{};          ///< rule 1 on its own tokens
    std::vector<variable_use> variables;
    /// PostgreSQL: parsed_statement::tree. Empty without a grammar, and for what it does not understand.
    std::string tree;
};

/// `-- varve: allow M102 reason`: not reported, in the whole script or in the statement that a place belongs to.
struct accepted_code {
    std::string code;
    std::optional<std::size_t> offset;  ///< before or inside it, or on its last line; empty: every one
    bool used = false;                  ///< set by classify()
};

/// What a script's statements say about how to run it.
struct classified_script {
    std::vector<classified_statement> statements;  ///< without a BEGIN/COMMIT wrapper and without PRAGMA foreign_keys
    foreign_keys_setting foreign_keys = foreign_keys_setting::unchanged;
    /// True if every statement (of at least one) cannot run in a transaction.
    bool needs_no_transaction = false;
    std::vector<accepted_code> accepted;  ///< as asked for, and whether something was found
};

/// What classify() has to know beside the script's text.
struct classify_terms {
    engine_kind dialect = engine_kind::sqlite;
    std::optional<transaction_mode> asked{};  ///< by the lock line or else the file's directive
    script_standing standing = script_standing::draft;
    grammar_options grammar{};
    std::vector<accepted_code> accepted{};  ///< of the grammar's findings
};

/// Cuts, classifies and checks one script. Reports: lexer errors, transaction control (a plain whole wrapper is taken
/// off), COPY .. FROM STDIN, bound parameters, `standard_conforming_strings` off, what PostgreSQL's grammar refuses,
/// and statements whose transaction mode contradicts that of the script. `known` is what earlier scripts made; what
/// this one makes is added to it.
[[nodiscard]] classified_script classify(const text_file&, const lexed&, const classify_terms&, known_objects& known,
                                         diagnostics&);

}  // namespace varve::generator
