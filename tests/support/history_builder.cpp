#include "history_builder.hpp"

#include <string_view>
#include <tuple>
#include <utility>

namespace varve::testing {
namespace {

// FNV-1a with different seeds: a test digest needs to be different for different text, not secure.
std::uint64_t fnv(std::string_view text, std::uint64_t seed) {
    std::uint64_t value = 14695981039346656037ULL ^ seed;
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return value;
}

digest digest_of(std::string_view text) { return {{fnv(text, 1), fnv(text, 2), fnv(text, 3), fnv(text, 4)}}; }

std::string joined(const std::vector<std::string>& statements) {
    std::string all;
    for (const auto& each : statements) all += each + '\0';
    return all;
}

std::string file_name(const migration_text& from, std::string_view ending) {
    if (from.version == 0) return from.name + std::string(ending);
    std::string digits = std::to_string(from.version);
    if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
    return digits + "_" + from.name + std::string(ending);
}

std::int64_t mark_of(const script_data& up, const std::string& slot) {
    return static_cast<std::int64_t>((up.checksum.value.words[0] ^ fnv(slot, 5)) >> 24U);
}

// Appends to a migration's text and says where.
std::pair<std::uint32_t, std::uint32_t> append(std::string& text, std::string_view piece) {
    const auto offset = static_cast<std::uint32_t>(text.size());
    text += piece;
    return {offset, static_cast<std::uint32_t>(piece.size())};
}

/// What of a script is the same in both kinds of text.
struct script_text {
    std::string file;
    transaction_mode mode = transaction_mode::transaction;
    foreign_keys_setting foreign_keys = foreign_keys_setting::unchanged;
    std::string edit{};
};

script_data add_script(std::string& text, std::vector<statement_data>& statements, const script_text& from,
                       const std::vector<std::string>& lines) {
    script_data data;
    std::tie(data.file_offset, data.file_size) = append(text, from.file);
    data.first_statement = static_cast<std::uint32_t>(statements.size());
    data.statement_count = static_cast<std::uint32_t>(lines.size());
    data.mode = from.mode;
    data.foreign_keys = from.foreign_keys;
    data.checksum = {1, digest_of(joined(lines) + from.edit)};
    std::uint32_t line = 1;
    for (const auto& sql : lines) {
        statement_data statement;
        std::tie(statement.offset, statement.size) = append(text, sql);
        statement.line = line++;
        statement.column = 1;
        statement.transactional = from.mode == transaction_mode::transaction;
        statement.checksum = digest_of(sql);
        statements.push_back(statement);
    }
    return data;
}

}  // namespace

void built_history::add_probes(std::vector<statement_probe> probes, const script_data& of) {
    for (auto& each : probes) {
        each.statement += of.first_statement;
        probes_.push_back(each);
    }
}

// Its scripts are its file, under a checksum of the rule over sources.
void built_history::add_code(const migration_text& from, std::string& text, migration_data& data) {
    coded_migration code = from.code;
    if (code.up == nullptr && code.up_in_batches == nullptr) return;
    code.migration = static_cast<std::uint32_t>(migrations_.size());
    data.up = {.first_statement = data.up.first_statement, .checksum = {101, digest_of(from.name + from.edit)}};
    std::tie(data.up.file_offset, data.up.file_size) = append(text, file_name(from, ".cpp"));
    if (code.down != nullptr) data.down = data.up;
    coded_.push_back(code);
}

void built_history::add_schema(const std::vector<std::string>& statements) {
    if (statements.empty()) return;
    std::string text = "schema";
    schema_.name_size = static_cast<std::uint32_t>(text.size());
    schema_.up = add_script(text, statements_, {.file = "schema.sql"}, statements);
    texts_.push_back(std::move(text));
    schema_.text = texts_.back();
    history_.master_file = &schema_;
}

void built_history::add_limits(const script_limits& limits) {
    if (limits.lock_timeout < 0 && limits.statement_timeout < 0) return;
    const auto index = migrations_.size() + repeatables_.size() + seeds_.size();
    limited_.push_back({static_cast<std::uint32_t>(index), direction::up, limits});
}

void built_history::add_migration(const migration_text& from) {
    std::string text = from.name + from.name;  // the description is the name
    migration_data data;
    data.version = from.version;
    data.name_size = static_cast<std::uint32_t>(from.name.size());
    data.description_size = data.name_size;
    data.released = from.released;
    data.irreversible = from.irreversible;
    data.breaks_older = from.breaks_older;
    data.first_dependency = static_cast<std::uint32_t>(dependencies_.size());
    data.dependency_count = static_cast<std::uint32_t>(from.depends.size());
    for (const auto& each : from.depends) {
        dependency_names_.emplace_back(each.history);
        dependencies_.push_back({dependency_names_.back(), each.version});
    }
    script_text script{.file = file_name(from, ".sql"), .mode = from.mode, .foreign_keys = from.foreign_keys};
    script.edit = from.edit;
    data.up = add_script(text, statements_, script, from.up);
    script.file = file_name(from, ".down.sql");
    script.edit.clear();
    if (!from.down.empty()) data.down = add_script(text, statements_, script, from.down);
    add_probes(from.up_probes, data.up);
    if (!from.down.empty()) add_probes(from.down_probes, data.down);
    add_code(from, text, data);
    data.mark = mark_of(data.up, "v:" + std::to_string(from.version));
    add_limits(from.limits);
    texts_.push_back(std::move(text));
    data.text = texts_.back();
    migrations_.push_back(data);
}

void built_history::add_repeated(const repeated_text& from, script_kind kind) {
    std::string text = from.name;
    migration_data data;
    data.kind = kind;
    data.name_size = static_cast<std::uint32_t>(from.name.size());
    data.revision = from.revision;
    data.released = from.revision != 0;
    const bool is_seed = kind == script_kind::seed;
    const script_text script{.file = (is_seed ? "" : "R_") + from.name + ".sql", .edit = from.edit};
    data.up = add_script(text, statements_, script, from.statements);
    if (!is_seed) data.mark = mark_of(data.up, "r:" + from.name);
    add_limits(from.limits);
    texts_.push_back(std::move(text));
    data.text = texts_.back();
    (is_seed ? seeds_ : repeatables_).push_back(data);
}

built_history::built_history(std::string name, engine_kind engine, const std::vector<migration_text>& migrations,
                             const std::vector<std::string>& schema, const repeated_scripts& repeated)
    : name_(std::move(name)) {
    for (const auto& from : migrations) add_migration(from);
    add_schema(schema);
    for (const auto& from : repeated.repeatables) add_repeated(from, script_kind::repeatable);
    for (const auto& from : repeated.seeds) add_repeated(from, script_kind::seed);
    history_.name = name_;
    history_.directory = "migrations";
    history_.seeds_directory = "seeds";
    history_.engine = engine;
    history_.migrations = migrations_;
    history_.repeatables = repeatables_;
    history_.seeds = seeds_;
    history_.statements = statements_;
    history_.dependencies = dependencies_;
    history_.probes = probes_;
    history_.limited_scripts = limited_;
    history_.coded_migrations = coded_;
    for (const auto& all : {migrations_, repeatables_}) {
        history_.mark_count += static_cast<std::int64_t>(all.size());
        for (const auto& each : all) history_.mark_sum += each.mark;
    }
}

}  // namespace varve::testing
