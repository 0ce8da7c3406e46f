#pragma once

#include <source/diagnostic.hpp>
#include <source/text_file.hpp>
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

/// What a script's statements say about how to run it.
struct classified_script {
    std::vector<classified_statement> statements;  ///< without a BEGIN/COMMIT wrapper and without PRAGMA foreign_keys
    foreign_keys_setting foreign_keys = foreign_keys_setting::unchanged;
    /// True if every statement (of at least one) cannot run in a transaction.
    bool needs_no_transaction = false;
};

/// Cuts, classifies and checks one script. Reports: lexer errors, transaction control (a plain whole wrapper is taken
/// off), COPY .. FROM STDIN, bound parameters, `standard_conforming_strings` off, SQLite statements that do nothing or
/// fail inside a transaction and cannot be moved out of it. `mode` is what the file's directive asks for, if it does.
[[nodiscard]] classified_script classify(const text_file&, const lexed&, engine_kind dialect,
                                         std::optional<transaction_mode> asked, diagnostics&);

}  // namespace varve::generator
