#include <emit/unit_tables.hpp>
#include <schema/statement_probes.hpp>
#include <sql/checksum.hpp>

#include <string>
#include <utility>

namespace varve::generator {
namespace {

class table_maker {
public:
    table_maker(unit_tables& tables, engine_kind engine, diagnostics& found, const unit_limits& limits)
        : tables_(tables), engine_(engine), found_(found), limits_(limits) {}

    void add(const migration_source&);
    void add_master(const migration_source&);

private:
    void begin_row(const migration_source&);
    void check_size(const migration_source&);
    // Appends to the current migration's text; the new piece's offset. Too much is reported once for each migration.
    std::uint32_t append(std::string_view piece);
    void add_dependencies(const migration_source&);
    script_data add_script(const script_source&);
    void add_exceptions(const script_source&, direction);
    statement_data add_statement(const script_source&, const classified_statement&);
    void add_placeholders(const script_source&, const classified_statement&, statement_data&);
    void add_probes(const script_source&, const script_data&);
    void too_large(std::string_view path, std::string message, std::string hint);

    unit_tables& tables_;
    engine_kind engine_;
    diagnostics& found_;
    const unit_limits& limits_;
    migration_row row_;
    std::uint64_t text_size_ = 0;
};

std::uint32_t narrow(std::uint64_t number) { return static_cast<std::uint32_t>(number); }

void table_maker::too_large(std::string_view path, std::string message, std::string hint) {
    found_.report({severity::error, "M050", {std::string(path), 0, 0, {}}, std::move(message), std::move(hint), {}});
}

std::uint32_t table_maker::append(std::string_view piece) {
    const std::uint64_t offset = text_size_;
    text_size_ += piece.size();
    if (!piece.empty()) row_.pieces.push_back(piece);
    return narrow(offset);
}

void table_maker::begin_row(const migration_source& from) {
    row_ = {};
    text_size_ = 0;
    row_.pieces.reserve(6);
    row_.data.version = from.version;
    append(from.name);
    append(from.description);
    row_.data.name_size = narrow(from.name.size());
    row_.data.description_size = narrow(from.description.size());
}

void table_maker::check_size(const migration_source& from) {
    if (text_size_ <= limits_.text) return;
    too_large(from.up.file.path(),
              "this migration's statements have " + std::to_string(text_size_) + " bytes; at most " +
                  std::to_string(limits_.text) + " can be embedded",
              "load so much data with a program of its own, or divide it over several migrations");
}

void table_maker::add(const migration_source& from) {
    begin_row(from);
    row_.data.mark = mark_of("v:" + std::to_string(from.version), from.up.main_checksum);
    row_.data.released = from.released;
    row_.data.irreversible = from.irreversible;
    row_.data.breaks_older = from.breaks_older;
    add_dependencies(from);
    row_.data.up = add_script(from.up);
    add_exceptions(from.up, direction::up);
    if (from.down) {
        row_.data.down = add_script(*from.down);
        add_exceptions(*from.down, direction::down);
    }
    if (from.code) tables_.coded_migrations.push_back({narrow(tables_.migrations.size()), from.version, *from.code});
    check_size(from);
    ++tables_.mark_count;
    tables_.mark_sum += row_.data.mark;
    tables_.migrations.push_back(std::move(row_));
}

// Nothing is pending because of it, and nobody compares what was recorded of it: no mark, no other checksums.
void table_maker::add_master(const migration_source& from) {
    begin_row(from);
    row_.data.up = add_script(from.up);
    check_size(from);
    tables_.master_file.push_back(std::move(row_));
}

void table_maker::add_dependencies(const migration_source& from) {
    row_.data.first_dependency = narrow(tables_.dependencies.size());
    row_.data.dependency_count = narrow(from.depends.size());
    for (const auto& each : from.depends) tables_.dependencies.push_back({each.history, each.version});
}

script_data table_maker::add_script(const script_source& from) {
    script_data data;
    data.file_offset = append(from.file_name);
    data.file_size = narrow(from.file_name.size());
    data.first_statement = narrow(tables_.statements.size());
    data.statement_count = narrow(from.script.statements.size());
    data.mode = from.mode;
    data.foreign_keys = from.script.foreign_keys;
    data.checksum = from.main_checksum;
    for (const auto& each : from.script.statements) {
        tables_.statements.push_back(add_statement(from, each));
        digest& own = tables_.statements.back().checksum;
        if (own == data.checksum.value) own = {};  // most scripts are one statement: a tenth of the unit
    }
    const bool the_first_too_many =
        data.first_statement <= limits_.statements && tables_.statements.size() > limits_.statements;
    if (the_first_too_many) {
        too_large(from.file.path(), "the history has more than " + std::to_string(limits_.statements) + " statements",
                  "load data with a program of its own instead of one INSERT a row");
    }
    add_probes(from, data);
    return data;
}

// What few scripts have stands in tables of its own.
void table_maker::add_exceptions(const script_source& from, direction which) {
    const auto index = narrow(tables_.migrations.size());
    for (const auto& other : from.other_checksums) tables_.other_checksums.push_back({index, which, other});
    const script_limits& limits = from.directives.limits;
    if (limits.lock_timeout != script_limits::not_given || limits.statement_timeout != script_limits::not_given) {
        tables_.limited_scripts.push_back({index, which, limits});
    }
}

statement_data table_maker::add_statement(const script_source& from, const classified_statement& statement) {
    const auto begins = from.file.position_of(statement.offset);
    statement_data data;
    data.offset = append(from.file.text().substr(statement.offset, statement.size));
    data.size = narrow(statement.size);
    data.line = begins.line;
    data.column = begins.column;
    data.transactional = statement.transactional;
    data.checksum = statement.checksum;
    add_placeholders(from, statement, data);
    return data;
}

void table_maker::add_placeholders(const script_source& from, const classified_statement& statement,
                                   statement_data& data) {
    data.first_placeholder = narrow(tables_.placeholders.size());
    data.placeholder_count = static_cast<std::uint16_t>(statement.variables.size());
    for (const auto& each : statement.variables) {
        tables_.placeholders.push_back(
            {narrow(data.offset + (each.offset - statement.offset)), narrow(each.size), each.name});
    }
    if (statement.variables.size() > limits_.placeholders) {
        too_large(from.file.path(), "a statement has more than " + std::to_string(limits_.placeholders) + " variables",
                  "divide the statement");
    }
}

// Nobody asks about a statement that commits together with the ledger.
void table_maker::add_probes(const script_source& from, const script_data& data) {
    if (data.mode != transaction_mode::no_transaction) return;
    auto probes = probes_of(from, engine_);
    for (std::size_t i = 0; i < probes.size(); ++i) {
        if (probes[i]) tables_.probes.push_back({narrow(data.first_statement + i), *std::move(probes[i])});
    }
}

}  // namespace

unit_tables make_tables(const history_source& from, diagnostics& found, const unit_limits& limits) {
    unit_tables tables;
    if (from.migrations.size() > limits.migrations) {
        found.report({severity::error,
                      "M050",
                      {from.directory_name, 0, 0, {}},
                      "more than " + std::to_string(limits.migrations) + " migrations cannot be embedded",
                      "divide them over several histories",
                      {}});
        return tables;
    }
    tables.migrations.reserve(from.migrations.size());
    tables.statements.reserve(from.migrations.size());
    table_maker maker(tables, from.engine, found, limits);
    for (const auto& each : from.migrations) maker.add(each);
    if (from.master) maker.add_master(*from.master);
    return tables;
}

}  // namespace varve::generator
