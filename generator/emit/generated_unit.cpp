#include <emit/code_names.hpp>
#include <emit/generated_unit.hpp>
#include <emit/string_literal.hpp>

#include <array>
#include <charconv>
#include <concepts>

namespace varve::generator {
namespace {

template <std::integral Number>
void append_number(std::string& out, Number number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

template <std::integral... Numbers>
void append_numbers(std::string& out, Numbers... numbers) {
    ((append_number(out, numbers), out += ", "), ...);
}

void append_flag(std::string& out, bool flag) { out += flag ? "true, " : "false, "; }

void append_digest(std::string& out, const digest& value) {
    std::string_view separator = "{{{0x";
    for (const std::uint64_t word : value.words) {
        std::array<char, 16> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), word, 16).ptr;
        out += separator;
        out.append(digits.size() - static_cast<std::size_t>(end - digits.data()), '0');
        out.append(digits.data(), end);
        separator = ", 0x";
    }
    out += "}}}";
}

void append_checksum(std::string& out, const checksum& value) {
    out += '{';
    append_numbers(out, value.rule);
    append_digest(out, value.value);
    out += '}';
}

std::string_view name_of(engine_kind engine) { return engine == engine_kind::sqlite ? "sqlite" : "postgresql"; }
std::string_view title_of(engine_kind engine) { return engine == engine_kind::sqlite ? "SQLite" : "PostgreSQL"; }
std::string_view name_of(direction which) { return which == direction::up ? "direction::up" : "direction::down"; }

std::string_view name_of(transaction_mode mode) {
    return mode == transaction_mode::transaction ? "transaction_mode::transaction" : "transaction_mode::no_transaction";
}

std::string_view name_of(foreign_keys_setting setting) {
    switch (setting) {
        case foreign_keys_setting::off:
            return "foreign_keys_setting::off";
        case foreign_keys_setting::on:
            return "foreign_keys_setting::on";
        case foreign_keys_setting::unchanged:
            break;
    }
    return "foreign_keys_setting::unchanged";
}

void append_row(std::string& out, const statement_data& row) {
    append_numbers(out, row.offset, row.size, row.line, row.column, row.first_placeholder, row.placeholder_count);
    append_flag(out, row.transactional);
    if (row.checksum == digest{}) {
        out += "{}";
    } else {
        append_digest(out, row.checksum);
    }
}

void append_row(std::string& out, const placeholder& row) {
    append_numbers(out, row.offset, row.size);
    append_literal(out, row.name);
    out += "sv";
}

void append_row(std::string& out, const dependency& row) {
    append_literal(out, row.history);
    out += "sv, ";
    append_number(out, row.version);
}

void append_row(std::string& out, const other_checksum& row) {
    append_numbers(out, row.migration);
    out += name_of(row.which);
    out += ", ";
    append_checksum(out, row.checksum);
}

std::string_view name_of(probe_kind kind) {
    switch (kind) {
        case probe_kind::repeatable:
            return "repeatable";
        case probe_kind::setting:
            return "setting";
        case probe_kind::index_built:
            return "index_built";
        case probe_kind::index_rebuilt:
            return "index_rebuilt";
        case probe_kind::relation_dropped:
            return "relation_dropped";
        case probe_kind::enum_value_added:
            return "enum_value_added";
        case probe_kind::database_created:
            return "database_created";
        case probe_kind::database_dropped:
            break;
    }
    return "database_dropped";
}

void append_row(std::string& out, const probe_row& row) {
    append_numbers(out, row.statement);
    out += "::varve::probe_kind::";
    out += name_of(row.how.kind);
    for (const std::string* text : {&row.how.schema, &row.how.object, &row.how.name}) {
        out += ", ";
        append_literal(out, *text);
        out += "sv";
    }
}

void append_row(std::string& out, const limited_script& row) {
    append_numbers(out, row.migration);
    out += name_of(row.which);
    out += ", {";
    append_number(out, row.limits.lock_timeout);
    out += ", ";
    append_number(out, row.limits.statement_timeout);
    out += '}';
}

void append_row(std::string& out, const coded_row& row) {
    const bool in_batches = row.code.up == code_source::up_form::batches;
    const std::string up = "&" + function_name(direction::up, row.version);
    append_number(out, row.migration);
    out += in_batches ? ", nullptr, " + up : ", " + up + ", nullptr";
    out += row.code.has_down ? ", &" + function_name(direction::down, row.version) : ", nullptr";
}

// They are defined beside the file that the user wrote (code_unit.hpp).
void append_declarations(std::string& out, const std::vector<coded_row>& rows) {
    for (const coded_row& row : rows) out += declarations_of(row.version, row.code);
    if (!rows.empty()) out += '\n';
}

void append_script(std::string& out, const script_data& script) {
    if (script.file_size == 0) {
        out += "{}";
        return;
    }
    out += '{';
    append_numbers(out, script.file_offset, script.file_size, script.first_statement, script.statement_count);
    out += name_of(script.mode);
    out += ", ";
    out += name_of(script.foreign_keys);
    out += ", ";
    append_checksum(out, script.checksum);
    out += '}';
}

void append_row(std::string& out, const migration_row& row) {
    constexpr std::string_view indent = "\n     ";
    for (const std::string_view piece : row.pieces) append_literal_lines(out, piece, indent);
    if (row.pieces.empty()) out += "\"\"";
    out += "sv,";
    out += indent;
    append_numbers(out, row.data.version, row.data.mark, row.data.name_size, row.data.description_size,
                   row.data.first_dependency, row.data.dependency_count);
    append_flag(out, row.data.released);
    append_flag(out, row.data.irreversible);
    append_flag(out, row.data.breaks_older);
    out.pop_back();  // no space at the end of a line
    out += indent;
    append_script(out, row.data.up);
    out += ',';
    out += indent;
    append_script(out, row.data.down);
}

// An array of no elements is not C++: an empty table has no array, and `{}` stands for it in the history.
template <typename Row>
void append_table(std::string& out, std::string_view type, std::string_view name, const std::vector<Row>& rows) {
    if (rows.empty()) return;
    out += "constexpr ";
    out += type;
    out += ' ';
    out += name;
    out += "[] = {\n";
    for (const Row& row : rows) {
        out += "    {";
        append_row(out, row);
        out += "},\n";
    }
    out += "};\n\n";
}

template <typename Row>
void append_table_name(std::string& out, std::string_view name, const std::vector<Row>& rows) {
    out += ",\n    ";
    out += rows.empty() ? "{}" : name;
}

// As a literal, quotes included: no name can end the comment or continue it on the next line.
void append_head(std::string& out, const history_source& from) {
    const bool alone = from.directory_name.empty() && !from.migrations.empty();
    out += alone ? "// Generated by varve from the master file " : "// Generated by varve from the migrations in ";
    append_literal(out, alone ? from.migrations.front().up.file_name : from.directory_name);
    out += ". Do not edit: it is written again when they change.\n";
}

// The compiler says it before the linker would.
void append_contract(std::string& out) {
    out += "static_assert(::varve::contract_number == ";
    append_number(out, contract_number);
    out +=
        ", \"the generator `varve` and the headers of varve are of different versions: use both from the same "
        "installation\");\n\n";
}

// A variable's symbol does not tell its type. So the contract is in the name of its namespace.
void append_open_namespace(std::string& out, std::string_view name_space) {
    out += opened_namespace(name_space);
    out += '\n';
}

std::string header_text(const history_source& from, std::string_view name_space) {
    std::string out;
    append_head(out, from);
    out += "#pragma once\n\n#include <varve/history.hpp>\n\n";
    append_contract(out);
    append_open_namespace(out, name_space);
    out += "/// The history ";
    append_literal(out, from.name);
    out += " for ";
    out += title_of(from.engine);
    out += ": its migrations, in order.\nextern const ::varve::history history;\n\n}  // namespace ";
    out += name_space;
    out += '\n';
    return out;
}

std::size_t expected_size(const unit_tables& tables) {
    constexpr std::size_t per_row = 400;
    std::size_t size = (tables.migrations.size() + tables.statements.size() + 10) * per_row;
    for (const auto* rows : {&tables.migrations, &tables.master_file}) {
        for (const auto& row : *rows) {
            for (const auto& piece : row.pieces) size += piece.size() + piece.size() / 4;
        }
    }
    return size;
}

void append_prologue(std::string& out, const history_source& from, const unit_tables& tables,
                     std::string_view name_space) {
    append_head(out, from);
    out += "#include <varve/history.hpp>\n\n#include <string_view>\n\n";
    append_contract(out);
    // Clang counts the limit of the C++ standard, 65,536 characters, under -Wpedantic.
    out += "#if defined(__clang__)\n#pragma clang diagnostic ignored \"-Woverlength-strings\"\n#endif\n\n";
    append_open_namespace(out, name_space);
    append_declarations(out, tables.coded_migrations);
    out += "extern const ::varve::history history;\n\nnamespace {\n\n";
    out += "using namespace ::std::string_view_literals;\n";
    out += "using ::varve::direction, ::varve::foreign_keys_setting, ::varve::transaction_mode;\n\n";
}

// Those behind the last one that has any rows are left out.
void append_rare_table_names(std::string& out, const unit_tables& tables) {
    std::string names;
    std::size_t needed = 0;
    const auto name = [&](std::string_view what, const auto& rows) {
        append_table_name(names, what, rows);
        if (!rows.empty()) needed = names.size();
    };
    name("limited_scripts", tables.limited_scripts);
    name("coded_migrations", tables.coded_migrations);
    name("master_file", tables.master_file);
    out.append(names, 0, needed);
}

void append_history(std::string& out, const history_source& from, const unit_tables& tables) {
    out += "constinit const ::varve::history history{\n    ";
    append_literal(out, from.name);
    out += "sv,\n    ";
    append_literal(out, from.directory_name);
    out += "sv,\n    ::varve::engine_kind::";
    out += name_of(from.engine);
    out += ",\n    ";
    append_number(out, tables.mark_count);
    out += ",\n    ";
    append_number(out, tables.mark_sum);
    append_table_name(out, "migrations", tables.migrations);
    append_table_name(out, "statements", tables.statements);
    append_table_name(out, "dependencies", tables.dependencies);
    append_table_name(out, "placeholders", tables.placeholders);
    append_table_name(out, "other_checksums", tables.other_checksums);
    append_table_name(out, "probes", tables.probes);
    append_rare_table_names(out, tables);
    out += "};\n\n";
}

std::string source_text(const history_source& from, const unit_tables& tables, std::string_view name_space) {
    std::string out;
    out.reserve(expected_size(tables));
    append_prologue(out, from, tables, name_space);
    append_table(out, "::varve::statement_data", "statements", tables.statements);
    append_table(out, "::varve::dependency", "dependencies", tables.dependencies);
    append_table(out, "::varve::placeholder", "placeholders", tables.placeholders);
    append_table(out, "::varve::other_checksum", "other_checksums", tables.other_checksums);
    append_table(out, "::varve::statement_probe", "probes", tables.probes);
    append_table(out, "::varve::limited_script", "limited_scripts", tables.limited_scripts);
    append_table(out, "::varve::coded_migration", "coded_migrations", tables.coded_migrations);
    append_table(out, "::varve::migration_data", "migrations", tables.migrations);
    append_table(out, "::varve::migration_data", "master_file", tables.master_file);
    out += "}  // namespace\n\n";
    append_history(out, from, tables);
    out += "}  // namespace ";
    out += name_space;
    out += '\n';
    return out;
}

}  // namespace

generated_unit make_unit(const history_source& from, const unit_tables& tables, std::string_view name_space) {
    return {header_text(from, name_space), source_text(from, tables, name_space)};
}

}  // namespace varve::generator
