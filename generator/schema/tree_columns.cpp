#include <schema/tree_columns.hpp>

#include <schema/default_functions.hpp>
#include <schema/tree_names.hpp>

#include <algorithm>
#include <optional>

namespace varve::generator {
namespace {

bool is_volatile(syntax_node node) {
    if (node.key() == "FuncCall") {
        const object_name called = name_from(strings(node["funcname"]));
        const bool of_postgresql = called.schema.empty() || called.schema == "pg_catalog";
        if (!of_postgresql || !is_stable_function(called.name)) return true;
    }
    for (const syntax_node inside : node) {
        if (is_volatile(inside)) return true;
    }
    return false;
}

bool is_null(syntax_node expression) {
    if (const syntax_node cast = expression.as("TypeCast")) return is_null(cast["arg"]);
    return expression.as("A_Const")["isnull"].flag();
}

std::string not_null_column(syntax_node expression) {
    const syntax_node test = expression.as("NullTest");
    if (!test || !test["nulltesttype"].is("IS_NOT_NULL")) return {};
    const std::vector<std::string> parts = strings(test["arg"].as("ColumnRef")["fields"]);
    return parts.empty() ? std::string() : parts.back();
}

std::optional<constraint_kind> constraint_kind_from(syntax_node type) {
    if (type.is("CONSTR_PRIMARY")) return constraint_kind::primary_key;
    if (type.is("CONSTR_UNIQUE")) return constraint_kind::unique;
    if (type.is("CONSTR_CHECK")) return constraint_kind::check;
    if (type.is("CONSTR_FOREIGN")) return constraint_kind::foreign_key;
    if (type.is("CONSTR_EXCLUSION")) return constraint_kind::exclusion;
    if (type.is("CONSTR_NOTNULL")) return constraint_kind::not_null;
    return std::nullopt;
}

std::vector<std::string> excluded_columns(syntax_node exclusions) {
    std::vector<std::string> columns;
    for (const syntax_node each : exclusions) {
        columns.push_back(each.as("List")["items"].first().as("IndexElem")["name"].text());
    }
    return columns;
}

void read_columns(syntax_node constraint, constraint_definition& read) {
    switch (read.kind) {
        case constraint_kind::foreign_key:
            read.columns = strings(constraint["fk_attrs"]);
            read.referenced = relation_name(constraint["pktable"]);
            read.referenced_columns = strings(constraint["pk_attrs"]);
            break;
        case constraint_kind::check:
            collect_columns(constraint["raw_expr"], read.columns);
            read.not_null_check = not_null_column(constraint["raw_expr"]);
            break;
        case constraint_kind::exclusion:
            read.columns = excluded_columns(constraint["exclusions"]);
            break;
        case constraint_kind::primary_key:
        case constraint_kind::unique:
        case constraint_kind::not_null:
            read.columns = strings(constraint["keys"]);
            break;
    }
}

/// A constraint whose text ends before `end`.
constraint_definition read_constraint(syntax_node constraint, const statement_text& text, std::size_t end) {
    constraint_definition read;
    read.kind = constraint_kind_from(constraint["contype"]).value_or(constraint_kind::check);
    read.name = constraint["conname"].text();
    read_columns(constraint, read);
    read.using_index = constraint["indexname"].text();
    read.not_valid = constraint["skip_validation"].flag();
    std::size_t begin = index_of(constraint, text);
    read.offset = text.offset_of(begin);
    if (text.tokens().word(begin, "constraint")) begin += 2;
    read.text = text.text(begin, end);
    return read;
}

/// Reads the column's constraints: what each says, and its text up to where the next one begins.
class column_reading {
public:
    column_reading(syntax_node column, const statement_text& text) : column_(column), text_(text) {
        begin_ = index_of(column, text);
        end_ = text.end_of_element(begin_);
        if (const syntax_node collation = column["collClause"]) boundaries_.push_back(index_of(collation, text));
        for (const syntax_node each : column["constraints"]) {
            const syntax_node constraint = each.as("Constraint");
            // DEFERRABLE and its like belong to the constraint before them.
            if (!constraint["contype"].text().starts_with("CONSTR_ATTR_")) {
                boundaries_.push_back(index_of(constraint, text));
            }
        }
    }

    column_definition run() {
        read_.name = column_["colname"].text();
        read_.type = type_from(column_["typeName"]);
        read_.offset = text_.offset_of(begin_);
        read_.text = text_.text(begin_, end_);
        for (const syntax_node each : column_["constraints"]) read(each.as("Constraint"));
        return std::move(read_);
    }

private:
    [[nodiscard]] std::size_t end_behind(std::size_t index) const {
        std::size_t end = end_;
        for (const std::size_t each : boundaries_) {
            if (each > index) end = std::min(end, each);
        }
        return end;
    }

    void read(syntax_node constraint) {
        const syntax_node type = constraint["contype"];
        const std::size_t begin = index_of(constraint, text_);
        if (type.is("CONSTR_NOTNULL")) {
            read_.not_null = true;
        } else if (type.is("CONSTR_DEFAULT")) {
            read_.default_value = default_from(constraint["raw_expr"]);
            std::size_t value = begin;
            while (value < end_ && !text_.tokens().word(value, "default")) ++value;
            read_.default_text = text_.text(value + 1, end_behind(begin));
        } else if (type.is("CONSTR_IDENTITY")) {
            read_.identity = true;
            read_.not_null = true;
        } else if (type.is("CONSTR_GENERATED")) {
            read_.generated =
                constraint["generated_kind"].is("v") ? generated_kind::virtual_column : generated_kind::stored;
        } else if (constraint_kind_from(type)) {
            constraint_definition found = read_constraint(constraint, text_, end_behind(begin));
            if (found.kind != constraint_kind::check) found.columns = {read_.name};
            if (found.kind == constraint_kind::primary_key) read_.not_null = true;
            read_.constraints.push_back(std::move(found));
        }
    }

    syntax_node column_;
    const statement_text& text_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::vector<std::size_t> boundaries_;
    column_definition read_;
};

}  // namespace

std::size_t index_of(syntax_node located, const statement_text& text) {
    return text.index_at(text.offset() +
                         static_cast<std::size_t>(std::max<std::int64_t>(located["location"].number(), 0)));
}

void collect_columns(syntax_node node, std::vector<std::string>& columns) {
    if (node.key() == "ColumnRef") {
        const std::vector<std::string> parts = strings(node["fields"]);
        if (!parts.empty() && std::find(columns.begin(), columns.end(), parts.back()) == columns.end())
            columns.push_back(parts.back());
        return;
    }
    for (const syntax_node inside : node) collect_columns(inside, columns);
}

default_kind default_from(syntax_node expression) {
    if (!expression || is_null(expression)) return default_kind::none;
    return is_volatile(expression) ? default_kind::volatile_expression : default_kind::constant;
}

column_definition column_from(syntax_node column, const statement_text& text) {
    return column_reading(column, text).run();
}

constraint_definition constraint_from(syntax_node constraint, const statement_text& text) {
    return read_constraint(constraint, text, text.end_of_element(index_of(constraint, text)));
}

}  // namespace varve::generator
