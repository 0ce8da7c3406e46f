#include <schema/script_changes.hpp>

#include <schema/statement_text.hpp>
#include <schema/syntax_tree.hpp>
#include <schema/token_changes.hpp>
#include <schema/tree_changes.hpp>

#include <span>
#include <utility>

namespace varve::generator {
namespace {

change change_of(const classified_statement& statement, const statement_text& text) {
    if (!statement.tree.empty()) {
        const syntax_tree tree(statement.tree);
        if (tree.root()) return change_from(tree, text);
    }
    return change_from_tokens(text);
}

std::vector<string_constant> constants_of(const statement_text& text) {
    std::vector<string_constant> constants;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!text.tokens().quoted(i) || text.tokens().text(i).back() != '\'') continue;
        constants.push_back({text.literal(i), text.offset_of(i)});
    }
    return constants;
}

}  // namespace

std::vector<statement_change> changes_of(const script_source& script, engine_kind engine) {
    const std::string_view file_text = script.file.text();
    const std::span<const token> tokens = script.tokens.tokens;
    std::vector<statement_change> changes;
    changes.reserve(script.script.statements.size());
    bool value_added = false;
    for (const classified_statement& each : script.script.statements) {
        const statement_text text(file_text, tokens.subspan(each.tokens.first_token, each.tokens.token_count), engine);
        statement_change read{
            .statement = changes.size(), .offset = each.offset, .what = change_of(each, text), .constants = {}};
        const bool adds_value = std::holds_alternative<add_enum_value>(read.what);
        if (value_added && !adds_value) read.constants = constants_of(text);
        value_added = value_added || adds_value;
        changes.push_back(std::move(read));
    }
    return changes;
}

}  // namespace varve::generator
