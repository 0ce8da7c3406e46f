#pragma once

#include <source/migration_source.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace varve::generator::testing {

/// A script as if it had been read and cut: its statements, one below the other.
inline script_source script_of(std::string file_name, const std::vector<std::string>& statements) {
    script_source script;
    std::string text;
    for (const auto& each : statements) {
        classified_statement statement;
        statement.offset = text.size();
        statement.size = each.size();
        statement.checksum = {{statement.offset, 2, 3, 4}};
        script.script.statements.push_back(statement);
        text += each + ";\n";
    }
    script.file = text_file("migrations/" + file_name, text);
    script.file_name = std::move(file_name);
    script.main_checksum = {1, {{0x0123456789abcdef, 0, 0xffffffffffffffff, 4}}};
    return script;
}

/// Makes it a script that runs without a transaction, whose statements are looked at token by token.
inline void run_alone(script_source& script, engine_kind engine) {
    script.mode = transaction_mode::no_transaction;
    script.tokens = lex(script.file.text(), engine);
    std::size_t index = 0;
    for (const sql_statement& each : cut(script.file.text(), script.tokens.tokens, engine)) {
        script.script.statements.at(index++).tokens = each;
    }
}

inline migration_source migration_of(std::int64_t version, std::string name, const std::vector<std::string>& up) {
    migration_source migration;
    migration.version = version;
    migration.version_text = std::to_string(version);
    migration.description = "What " + name + " does";
    migration.up = script_of(migration.version_text + "_" + name + ".sql", up);
    migration.name = std::move(name);
    return migration;
}

inline history_source history_of(std::vector<migration_source> migrations) {
    return {"shop_schema", engine_kind::sqlite, "migrations", std::move(migrations)};
}

}  // namespace varve::generator::testing
