#pragma once

#include <schema/schema.hpp>
#include <schema/script_changes.hpp>
#include <sql/classify.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace varve::generator {

/// A script as read_script() gives it, as far as changes_of() looks at it.
inline script_source script_of(std::string_view sql, engine_kind engine) {
    script_source script;
    script.file = text_file("0001_test.sql", sql);
    script.tokens = lex(script.file.text(), engine);
    diagnostics ignored;
    known_objects nothing;
    script.script = classify(script.file, script.tokens, {.dialect = engine}, nothing, ignored);
    return script;
}

inline std::vector<statement_change> changes_in(std::string_view sql, engine_kind engine) {
    return changes_of(script_of(sql, engine), engine);
}

/// Without PostgreSQL's grammar, or with a statement that it refuses.
inline std::vector<statement_change> changes_by_tokens(std::string_view sql, engine_kind engine) {
    script_source script = script_of(sql, engine);
    for (classified_statement& each : script.script.statements) each.tree.clear();
    return changes_of(script, engine);
}

/// What the only statement does; the test fails if it is anything else.
template <class Change>
Change only(std::string_view sql, engine_kind engine = engine_kind::postgresql) {
    const std::vector<statement_change> changes = changes_in(sql, engine);
    return std::get<Change>(changes.at(0).what);
}

/// What a history of scripts leaves.
inline schema after(const std::vector<std::string>& scripts, engine_kind engine = engine_kind::postgresql) {
    schema made(engine);
    for (std::size_t i = 0; i < scripts.size(); ++i) {
        for (const statement_change& each : changes_in(scripts[i], engine)) made.apply(each, i);
    }
    return made;
}

}  // namespace varve::generator
