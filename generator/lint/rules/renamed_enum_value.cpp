#include <lint/losses.hpp>
#include <lint/rules/rules.hpp>

namespace varve::generator::rules {
namespace {

std::string literal_of(const std::string& value) {
    std::string text = "'";
    for (const char c : value) {
        if (c == '\'') text += '\'';
        text += c;
    }
    return text + "'";
}

}  // namespace

void renamed_enum_value(const reviewed_statement& statement, lint_findings& found) {
    const auto* renamed = std::get_if<rename>(&statement.change.what);
    if (renamed == nullptr || renamed->kind != object_kind::enum_type || renamed->part.empty()) return;
    const known_object* const type = statement.before.find_object(object_kind::enum_type, renamed->object);
    if (type != nullptr && !statement.history.migrations[type->origin.migration].released) return;
    const std::string old_value = literal_of(renamed->part);
    const std::string new_value = literal_of(renamed->new_name);
    lint_finding finding{
        statement.change.offset,
        "programs that write " + old_value + " fail from now on, and those that read find a value they do not know",
        "add the new value, let programs know both, and change the rows in a later migration:\nALTER TYPE " +
            statement.quoted(renamed->object) + " ADD VALUE " + new_value + " AFTER " + old_value + ";\n" +
            how_to_allow("M404", "programs are stopped meanwhile"),
        {}};
    if (type != nullptr) {
        finding.notes.push_back(
            statement.note_at(type->origin, "it was made by migration " + statement.title_of(type->origin)));
    }
    found.push_back(std::move(finding));
}

}  // namespace varve::generator::rules
