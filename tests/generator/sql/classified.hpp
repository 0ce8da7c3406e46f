#pragma once

#include <source/diagnostic.hpp>
#include <source/text_file.hpp>
#include <sql/classify.hpp>

#include <optional>
#include <string>
#include <vector>

namespace varve::generator::testing_support {

/// A script after classify(), with what was reported: by its tokens, as if there were no grammar.
struct classified {
    text_file file;
    classified_script script;
    std::vector<diagnostic> reported;

    classified(std::string_view text, engine_kind dialect, std::optional<transaction_mode> asked = std::nullopt)
        : file("0001_a.sql", text) {
        diagnostics found;
        known_objects known;
        const classify_terms terms{.dialect = dialect, .asked = asked, .grammar = {.use = grammar_use::tokens_only}};
        script = classify(file, lex(file.text(), dialect), terms, known, found);
        reported = found.sorted();
    }

    /// `2:1 M106`, in the order of places.
    [[nodiscard]] std::vector<std::string> places() const {
        std::vector<std::string> result;
        for (const diagnostic& each : reported) {
            result.push_back(std::to_string(each.where.line) + ':' + std::to_string(each.where.column) + ' ' +
                             each.code);
        }
        return result;
    }

    [[nodiscard]] std::vector<std::string> statements() const {
        std::vector<std::string> result;
        for (const classified_statement& each : script.statements) {
            result.emplace_back(file.text().substr(each.offset, each.size));
        }
        return result;
    }
};

inline std::vector<std::string> places(std::string_view text, engine_kind dialect,
                                       std::optional<transaction_mode> asked = std::nullopt) {
    return classified(text, dialect, asked).places();
}

inline std::string message(std::string_view text, engine_kind dialect) {
    const auto reported = classified(text, dialect).reported;
    return reported.empty() ? "" : reported.front().message;
}

inline std::string hint(std::string_view text, engine_kind dialect,
                        std::optional<transaction_mode> asked = std::nullopt) {
    const auto reported = classified(text, dialect, asked).reported;
    return reported.empty() ? "" : reported.front().hint;
}

}  // namespace varve::generator::testing_support
