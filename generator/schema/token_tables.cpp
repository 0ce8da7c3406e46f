#include <schema/token_changes.hpp>
#include <schema/token_columns.hpp>

#include <utility>

namespace varve::generator {
namespace {

void read_element(token_cursor element, create_table& made) {
    if (auto constraint = constraint_from_tokens(element)) {
        made.constraints.push_back(*std::move(constraint));
    } else if (element.at("like")) {
        made.like_others = true;
    } else if (element.at_name()) {
        made.columns.push_back(column_from_tokens(element));
    }
}

/// What stands behind the columns.
void read_options(token_cursor at, create_table& made) {
    while (!at.at_end()) {
        if (at.take("inherits")) {
            for (token_cursor& parent : at.take_elements()) made.inherits.push_back(parent.take_qualified_name());
        } else if (at.take({"partition", "by"})) {
            made.partitioned = true;
        } else if (at.take({"without", "rowid"})) {
            made.without_rowid = true;
        } else if (at.at("as")) {
            made.from_query = true;
            return;
        } else if (!at.skip_parentheses()) {
            at.skip();
        }
    }
}

/// One action of ALTER TABLE.
class token_action_reading {
public:
    explicit token_action_reading(token_cursor at) : at_(at) {}

    [[nodiscard]] table_action run() {
        if (at_.take("add")) return added();
        if (at_.take("drop")) return dropped();
        if (at_.take("alter")) return altered();
        if (at_.take({"validate", "constraint"})) return validate_constraint{at_.take_name()};
        if (at_.take({"attach", "partition"})) {
            object_name partition = at_.take_qualified_name();
            return attach_partition{std::move(partition), at_.text().text(at_.index(), at_.end())};
        }
        if (at_.take({"detach", "partition"})) {
            object_name partition = at_.take_qualified_name();
            return detach_partition{std::move(partition), at_.take("concurrently")};
        }
        if (auto security = row_security_action()) return *std::move(security);
        for (const std::string_view what : {"logged", "unlogged", "tablespace"}) {
            if (at_.take({"set", what})) return rewrite_table{"SET " + upper(what)};
        }
        if (at_.take({"set", "access", "method"})) return rewrite_table{"SET ACCESS METHOD"};
        if (at_.take({"enable", "trigger"})) return set_trigger{at_.take_name(), true};
        if (at_.take({"disable", "trigger"})) return set_trigger{at_.take_name(), false};
        return other_action{at_.text().text(at_.index(), at_.end())};
    }

private:
    [[nodiscard]] static std::string upper(std::string_view word) {
        std::string text(word);
        for (char& each : text) each = static_cast<char>(each - 'a' + 'A');
        return text;
    }

    [[nodiscard]] table_action added() {
        if (auto constraint = constraint_from_tokens(at_)) return add_constraint{*std::move(constraint)};
        at_.take("column");
        const bool if_not_exists = at_.take({"if", "not", "exists"});
        return add_column{column_from_tokens(at_), if_not_exists};
    }

    [[nodiscard]] table_action dropped() {
        const bool constraint = at_.take("constraint");
        if (!constraint) at_.take("column");
        const bool if_exists = at_.take({"if", "exists"});
        std::string name = at_.take_name();
        const bool cascade = at_.at("cascade");
        if (constraint) return drop_constraint{std::move(name), if_exists, cascade};
        return drop_column{std::move(name), if_exists, cascade};
    }

    [[nodiscard]] table_action altered() {
        const std::size_t begin = at_.index() - 1;
        at_.take("column");
        std::string name = at_.take_name();
        if (at_.take({"set", "not", "null"})) return set_not_null{std::move(name)};
        if (at_.take({"drop", "not", "null"})) return drop_not_null{std::move(name)};
        if (at_.take({"drop", "default"})) return set_default{std::move(name), default_kind::none, {}};
        if (at_.take({"set", "default"})) {
            return set_default{std::move(name), default_from_tokens(at_), at_.text().text(at_.index(), at_.end())};
        }
        if (at_.take({"set", "data", "type"}) || at_.take("type")) {
            type_name type = take_type(at_);
            return alter_column_type{std::move(name), std::move(type), at_.skip_to({"using"})};
        }
        return other_action{at_.text().text(begin, at_.end())};
    }

    [[nodiscard]] std::optional<table_action> row_security_action() {
        if (at_.take({"enable", "row", "level", "security"})) return set_row_security{row_security::enable};
        if (at_.take({"disable", "row", "level", "security"})) return set_row_security{row_security::disable};
        if (at_.take({"force", "row", "level", "security"})) return set_row_security{row_security::force};
        if (at_.take({"no", "force", "row", "level", "security"})) return set_row_security{row_security::no_force};
        return std::nullopt;
    }

    token_cursor at_;
};

/// RENAME TO, RENAME [COLUMN] a TO b, RENAME CONSTRAINT a TO b.
rename renamed_table(token_cursor at, object_name table) {
    rename renamed{.kind = object_kind::table, .object = std::move(table), .part = {}, .new_name = {}, .signature = {}};
    if (!at.at("to")) {
        renamed.kind = at.take("constraint") ? object_kind::constraint : object_kind::column;
        at.take("column");
        renamed.part = at.take_name();
    }
    at.take("to");
    renamed.new_name = at.take_name();
    return renamed;
}

}  // namespace

create_table table_from_tokens(token_cursor at) {
    create_table made;
    made.if_not_exists = at.take({"if", "not", "exists"});
    made.table = at.take_qualified_name();
    if (at.take({"partition", "of"})) {
        made.partition_of = at.take_qualified_name();
    } else if (at.take("of")) {
        made.like_others = true;
        static_cast<void>(at.take_qualified_name());
    }
    for (const token_cursor& element : at.take_elements()) read_element(element, made);
    read_options(at, made);
    // Those in the parentheses are then only names.
    if (made.from_query) made.columns.clear();
    return made;
}

change altered_table_from_tokens(token_cursor at) {
    alter_table altered;
    altered.if_exists = at.take({"if", "exists"});
    at.take("only");
    altered.table = at.take_qualified_name();
    at.take_symbol("*");
    if (at.take("rename")) return renamed_table(at, std::move(altered.table));
    if (at.take({"set", "schema"}))
        return move_to_schema{.kind = object_kind::table,
                              .object = std::move(altered.table),
                              .new_schema = at.take_name(),
                              .signature = {}};
    while (!at.at_end()) {
        const token_cursor action = at.take_element();
        altered.actions.push_back({token_action_reading(action).run(), at.text().offset_of(action.index())});
    }
    return altered;
}

}  // namespace varve::generator
