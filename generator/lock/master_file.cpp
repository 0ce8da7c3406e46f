#include <lock/master_file.hpp>

#include <source/wording.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace varve::generator {
namespace {

// `schema` of `schema.postgresql.sql`
std::string name_of(const std::string& file) { return file.substr(0, file.find('.')); }

void report(diagnostics& found, std::string code, location where, std::string message, std::string hint) {
    found.report({severity::error, std::move(code), std::move(where), std::move(message), std::move(hint), {}});
}

void refuse_directive(diagnostics& found, location where, const std::string& word) {
    report(found, "M054", std::move(where), "`" + word + "` has no meaning in the master file",
           "it runs in one transaction on an empty database, before anything else: leave this out here, and say it in "
           "the head of a migration");
}

void check_directives(const script_source& script, diagnostics& found) {
    const directives& said = script.directives;
    if (said.mode == transaction_mode::no_transaction) refuse_directive(found, said.mode_at, "no-transaction");
    if (said.irreversible) refuse_directive(found, said.irreversible_at, "irreversible");
    if (said.breaks_older) refuse_directive(found, said.compatibility_at, "breaks-older");
    if (said.compatible) refuse_directive(found, said.compatibility_at, "compatible");
    for (const dependency_source& each : said.depends) refuse_directive(found, each.where, "depends");
    if (said.limits.lock_timeout != script_limits::not_given) {
        refuse_directive(found, script.file.location_of(0), "lock-timeout");
    }
    if (said.limits.statement_timeout != script_limits::not_given) {
        refuse_directive(found, script.file.location_of(0), "statement-timeout");
    }
}

// Some statements among others that can be in a transaction were reported.
void check_mode(const script_source& script, diagnostics& found) {
    if (script.mode == transaction_mode::transaction || script.directives.mode) return;
    report(found, "M054", script.file.location_of(script.script.statements.front().offset),
           "the master file runs in one transaction, and this cannot be in one",
           "leave it out here, and say it in a migration of its own");
}

}  // namespace

std::optional<migration_source> read_master_file(const std::filesystem::path& path, script_rules rules,
                                                 std::vector<input_file>& inputs, diagnostics& found) {
    inputs.push_back(look_at(path));
    std::string why;
    const auto bytes = read_bytes(path, why);
    if (!bytes) {
        report(found, "M005", {shown_path(path), 0, 0, {}}, "the master file cannot be read: " + why,
               "correct SCHEMA in add_db_migrations(), or give the user who builds the right to read it");
        return std::nullopt;
    }
    migration_source master;
    script_file file;
    file.file = shown_path(path.filename());
    file.text = text_file(shown_path(path), *bytes);
    master.name = name_of(file.file);
    known_objects nothing_before_it;
    master.up = read_script(std::move(file), rules, nothing_before_it, found);
    check_directives(master.up, found);
    check_mode(master.up, found);
    master.description = master.up.directives.description;
    if (master.description.empty()) {
        master.description = master.name;
        std::ranges::replace(master.description, '_', ' ');
    }
    return master;
}

}  // namespace varve::generator
