#include <schema/tree_changes.hpp>
#include <schema/tree_columns.hpp>
#include <schema/tree_names.hpp>

#include <array>
#include <utility>

namespace varve::generator {
namespace {

struct row_security_name {
    std::string_view in_tree;
    row_security what;
};
constexpr std::array row_security_names{
    row_security_name{"AT_EnableRowSecurity", row_security::enable},
    row_security_name{"AT_DisableRowSecurity", row_security::disable},
    row_security_name{"AT_ForceRowSecurity", row_security::force},
    row_security_name{"AT_NoForceRowSecurity", row_security::no_force},
};

struct rewriting_name {
    std::string_view in_tree;
    std::string_view what;
};
constexpr std::array rewriting_names{
    rewriting_name{"AT_SetLogged", "SET LOGGED"},
    rewriting_name{"AT_SetUnLogged", "SET UNLOGGED"},
    rewriting_name{"AT_SetTableSpace", "SET TABLESPACE"},
    rewriting_name{"AT_SetAccessMethod", "SET ACCESS METHOD"},
};

/// Where each action begins: the tree does not say it of all.
std::vector<std::size_t> begins_of_actions(syntax_node statement, const statement_text& text) {
    std::size_t index = index_of(statement["relation"], text);
    static_cast<void>(text.qualified_name(index));
    if (text.tokens().symbol(index, "*")) ++index;
    std::vector<std::size_t> begins;
    while (index < text.size()) {
        begins.push_back(index);
        index = text.end_of_element(index) + 1;
    }
    return begins;
}

/// One AlterTableCmd.
class action_reading {
public:
    action_reading(syntax_node command, std::size_t begin, const statement_text& text)
        : command_(command), definition_(command["def"]), begin_(begin), text_(text) {}

    [[nodiscard]] table_action run() const {
        const syntax_node type = command_["subtype"];
        const std::string name = command_["name"].text();
        if (auto column = column_action(type, name)) return *std::move(column);
        if (auto constraint = constraint_action(type, name)) return *std::move(constraint);
        if (auto whole = whole_table_action(type, name)) return *std::move(whole);
        return other_action{type.text()};
    }

private:
    [[nodiscard]] std::optional<table_action> column_action(syntax_node type, const std::string& name) const {
        if (type.is("AT_AddColumn")) return add_column{column_from(definition_.as("ColumnDef"), text_), missing_ok()};
        if (type.is("AT_DropColumn")) return drop_column{name, missing_ok(), cascade()};
        if (type.is("AT_SetNotNull")) return set_not_null{name};
        if (type.is("AT_DropNotNull")) return drop_not_null{name};
        if (type.is("AT_ColumnDefault")) return set_default{name, default_from(definition_), default_text()};
        if (!type.is("AT_AlterColumnType")) return std::nullopt;
        const syntax_node column = definition_.as("ColumnDef");
        return alter_column_type{name, type_from(column["typeName"]), static_cast<bool>(column["raw_default"])};
    }

    [[nodiscard]] std::optional<table_action> constraint_action(syntax_node type, const std::string& name) const {
        if (type.is("AT_AddConstraint")) return add_constraint{constraint_from(definition_.as("Constraint"), text_)};
        if (type.is("AT_DropConstraint")) return drop_constraint{name, missing_ok(), cascade()};
        if (type.is("AT_ValidateConstraint")) return validate_constraint{name};
        return std::nullopt;
    }

    [[nodiscard]] std::optional<table_action> whole_table_action(syntax_node type, const std::string& name) const {
        for (const row_security_name& each : row_security_names) {
            if (type.is(each.in_tree)) return set_row_security{each.what};
        }
        for (const rewriting_name& each : rewriting_names) {
            if (type.is(each.in_tree)) return rewrite_table{std::string(each.what)};
        }
        const syntax_node partition = definition_.as("PartitionCmd");
        if (type.is("AT_AttachPartition")) return attach_partition{relation_name(partition["name"]), bound_text()};
        if (type.is("AT_DetachPartition"))
            return detach_partition{relation_name(partition["name"]), partition["concurrent"].flag()};
        if (type.is("AT_EnableTrig")) return set_trigger{name, true};
        if (type.is("AT_DisableTrig")) return set_trigger{name, false};
        return std::nullopt;
    }

    [[nodiscard]] bool missing_ok() const { return command_["missing_ok"].flag(); }
    [[nodiscard]] bool cascade() const { return command_["behavior"].is("DROP_CASCADE"); }

    /// `ALTER [COLUMN] name SET DEFAULT ..`
    [[nodiscard]] std::string default_text() const {
        if (!definition_) return {};
        const std::size_t end = text_.end_of_element(begin_);
        std::size_t index = begin_;
        while (index < end && !text_.tokens().words(index, {"set", "default"})) ++index;
        return text_.text(index + 2, end);
    }

    /// `ATTACH PARTITION name FOR VALUES ..`
    [[nodiscard]] std::string bound_text() const {
        std::size_t index = begin_ + 2;
        static_cast<void>(text_.qualified_name(index));
        return text_.text(index, text_.end_of_element(index));
    }

    syntax_node command_;
    syntax_node definition_;
    std::size_t begin_;
    const statement_text& text_;
};

}  // namespace

alter_table alter_table_from(syntax_node statement, const statement_text& text) {
    alter_table altered;
    altered.table = relation_name(statement["relation"]);
    altered.if_exists = statement["missing_ok"].flag();
    const std::vector<std::size_t> begins = begins_of_actions(statement, text);
    for (const syntax_node each : statement["cmds"]) {
        const std::size_t count = altered.actions.size();
        const std::size_t begin = count < begins.size() ? begins[count] : 0;
        altered.actions.push_back({action_reading(each.as("AlterTableCmd"), begin, text).run(), text.offset_of(begin)});
    }
    return altered;
}

}  // namespace varve::generator
