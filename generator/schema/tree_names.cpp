#include <schema/tree_names.hpp>

#include <sql/character.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace varve::generator {
namespace {

struct named_kind {
    std::string_view in_tree;
    object_kind kind;
    std::string_view keyword;
};

// Those whose word in DROP differs from the tree's name, or which changes.hpp tells apart.
constexpr std::array named_kinds{
    named_kind{"OBJECT_TABLE", object_kind::table, "TABLE"},
    named_kind{"OBJECT_COLUMN", object_kind::column, "COLUMN"},
    named_kind{"OBJECT_TABCONSTRAINT", object_kind::constraint, "CONSTRAINT"},
    named_kind{"OBJECT_INDEX", object_kind::index, "INDEX"},
    named_kind{"OBJECT_VIEW", object_kind::view, "VIEW"},
    named_kind{"OBJECT_MATVIEW", object_kind::materialized_view, "MATERIALIZED VIEW"},
    named_kind{"OBJECT_SEQUENCE", object_kind::sequence, "SEQUENCE"},
    named_kind{"OBJECT_TYPE", object_kind::composite_type, "TYPE"},
    named_kind{"OBJECT_DOMAIN", object_kind::domain, "DOMAIN"},
    named_kind{"OBJECT_FUNCTION", object_kind::function, "FUNCTION"},
    named_kind{"OBJECT_ROUTINE", object_kind::function, "ROUTINE"},
    named_kind{"OBJECT_PROCEDURE", object_kind::procedure, "PROCEDURE"},
    named_kind{"OBJECT_AGGREGATE", object_kind::aggregate, "AGGREGATE"},
    named_kind{"OBJECT_TRIGGER", object_kind::trigger, "TRIGGER"},
    named_kind{"OBJECT_POLICY", object_kind::policy, "POLICY"},
    named_kind{"OBJECT_RULE", object_kind::rule, "RULE"},
    named_kind{"OBJECT_SCHEMA", object_kind::schema, "SCHEMA"},
    named_kind{"OBJECT_EXTENSION", object_kind::extension, "EXTENSION"},
    named_kind{"OBJECT_ROLE", object_kind::role, "ROLE"},
    named_kind{"OBJECT_DATABASE", object_kind::database, "DATABASE"},
    named_kind{"OBJECT_FOREIGN_TABLE", object_kind::foreign_table, "FOREIGN TABLE"},
    named_kind{"OBJECT_FDW", object_kind::other, "FOREIGN DATA WRAPPER"},
    named_kind{"OBJECT_FOREIGN_SERVER", object_kind::other, "SERVER"},
    named_kind{"OBJECT_STATISTIC_EXT", object_kind::other, "STATISTICS"},
    named_kind{"OBJECT_OPCLASS", object_kind::other, "OPERATOR CLASS"},
    named_kind{"OBJECT_OPFAMILY", object_kind::other, "OPERATOR FAMILY"},
    named_kind{"OBJECT_TSCONFIGURATION", object_kind::other, "TEXT SEARCH CONFIGURATION"},
    named_kind{"OBJECT_TSDICTIONARY", object_kind::other, "TEXT SEARCH DICTIONARY"},
    named_kind{"OBJECT_TSPARSER", object_kind::other, "TEXT SEARCH PARSER"},
    named_kind{"OBJECT_TSTEMPLATE", object_kind::other, "TEXT SEARCH TEMPLATE"},
};

const named_kind* find_kind(syntax_node object_type) {
    const auto* found = std::find_if(named_kinds.begin(), named_kinds.end(),
                                     [&](const named_kind& each) { return object_type.is(each.in_tree); });
    return found == named_kinds.end() ? nullptr : found;
}

/// A type in a signature: a type of pg_catalog by its plain word, any other so that the server reads exactly it.
std::string written_type(syntax_node type) {
    const std::vector<std::string> parts = strings(type["names"]);
    std::string written;
    if (parts.size() == 2 && parts.front() == "pg_catalog") {
        written = parts.back();
    } else {
        for (const std::string& part : parts) {
            const bool plain = std::all_of(part.begin(), part.end(),
                                           [](char c) { return (is_word_byte(c) && c != '$' && to_lower(c) == c); });
            // "char" is another type than char.
            const bool bare = plain && !part.empty() && !is_digit(part.front()) && part != "char";
            if (!written.empty()) written += '.';
            written += bare ? part : '"' + part + '"';
        }
    }
    for ([[maybe_unused]] const syntax_node bound : type["arrayBounds"]) written += "[]";
    return written;
}

bool is_input(syntax_node parameter) {
    const syntax_node mode = parameter["mode"];
    return !mode.is("FUNC_PARAM_OUT") && !mode.is("FUNC_PARAM_TABLE");
}

std::string joined(const std::vector<std::string>& types) {
    std::string text = "(";
    for (const std::string& type : types) text += (text.size() == 1 ? "" : ", ") + type;
    return text + ")";
}

}  // namespace

object_name relation_name(syntax_node range_var) {
    return {range_var["schemaname"].text(), range_var["relname"].text()};
}

std::vector<std::string> strings(syntax_node list) {
    std::vector<std::string> texts;
    for (const syntax_node each : list) {
        if (const syntax_node string = each.as("String")) texts.push_back(string["sval"].text());
    }
    return texts;
}

object_name name_from(const std::vector<std::string>& parts) {
    if (parts.empty()) return {};
    return {parts.size() > 1 ? parts[parts.size() - 2] : std::string(), parts.back()};
}

object_name name_of_object(syntax_node object) {
    if (const syntax_node string = object.as("String")) return {{}, string["sval"].text()};
    if (const syntax_node list = object.as("List")) return name_from(strings(list["items"]));
    if (const syntax_node type = object.as("TypeName")) return name_from(strings(type["names"]));
    return name_from(strings(object.as("ObjectWithArgs")["objname"]));
}

type_name type_from(syntax_node type) {
    const object_name name = name_from(strings(type["names"]));
    type_name read{.schema = name.schema == "pg_catalog" ? std::string() : name.schema,
                   .name = name.name,
                   .modifiers = {},
                   .array_dimensions = 0};
    for (const syntax_node each : type["typmods"]) {
        if (const syntax_node number = each.as("A_Const")["ival"]) read.modifiers.push_back(number["ival"].number());
    }
    for ([[maybe_unused]] const syntax_node bound : type["arrayBounds"]) ++read.array_dimensions;
    return read;
}

std::string signature_of_parameters(syntax_node parameters) {
    std::vector<std::string> types;
    for (const syntax_node each : parameters) {
        const syntax_node parameter = each.as("FunctionParameter");
        if (parameter && is_input(parameter)) types.push_back(written_type(parameter["argType"]));
    }
    return joined(types);
}

std::string signature_for(object_kind kind, const std::string& signature) {
    return kind == object_kind::aggregate && signature == "()" ? "(*)" : signature;
}

std::string signature_of_object(object_kind kind, syntax_node object) {
    const syntax_node named = object.as("ObjectWithArgs");
    if (!named || named["args_unspecified"].flag()) return {};
    // Only these tell an OUT argument from the others, and they are not there for an operator.
    if (const syntax_node parameters = named["objfuncargs"])
        return signature_for(kind, signature_of_parameters(parameters));
    std::vector<std::string> types;
    for (const syntax_node each : named["objargs"]) types.push_back(written_type(each.as("TypeName")));
    return signature_for(kind, joined(types));
}

object_kind kind_from(syntax_node object_type) {
    const named_kind* found = find_kind(object_type);
    return found == nullptr ? object_kind::other : found->kind;
}

std::string keyword_of(syntax_node object_type) {
    if (const named_kind* found = find_kind(object_type)) return std::string(found->keyword);
    std::string text = object_type.text();
    if (text.starts_with("OBJECT_")) text.erase(0, std::string_view("OBJECT_").size());
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

}  // namespace varve::generator
