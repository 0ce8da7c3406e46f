#include <inverse/constraint_text.hpp>
#include <inverse/index_again.hpp>
#include <inverse/partition_bound.hpp>
#include <inverse/undoing.hpp>
#include <inverse/widening.hpp>

#include <algorithm>
#include <ranges>
#include <string>
#include <variant>

namespace varve::generator {
namespace {

/// Undoes one action: one function a kind.
class action_undo {
public:
    action_undo(const undone_action& action, undo_steps& steps)
        : action_(action),
          statement_(action.statement),
          steps_(steps),
          known_(statement_.before.find_table(action.table)),
          is_new_(statement_.is_new(action.table)) {}

    void operator()(const add_column& added) {
        const column_definition& column = added.column;
        if (added.if_not_exists && known_column_of(column.name) != nullptr) {
            nothing(shown(column.name) + " was there already");
        } else if (added.if_not_exists && !columns_are_known()) {
            refuse("ADD COLUMN IF NOT EXISTS " + shown(column.name), "the column may have been there before");
        } else {
            lose("what was written to " + shown(column.name) + " since");
            run("DROP COLUMN " + statement_.quoted(column.name));
        }
    }

    void operator()(const drop_column& dropped) {
        refuse("DROP COLUMN " + shown(dropped.column), "what was in it is gone");
    }

    void operator()(const alter_column_type& altered) {
        const std::string what = "TYPE " + written_type(altered.type) + " of " + shown(altered.column);
        const known_column* const column = known_column_of(altered.column);
        if (column == nullptr) return refuse(what, "no migration before says which type it had");
        if (altered.has_using && !using_only_casts(altered.column)) {
            return refuse(what, "nobody knows the values that USING replaced");
        }
        const type_name& old = column->definition.type;
        const auto cost = narrowing_back(old, altered.type);
        if (!cost) {
            return refuse(what, "not every " + written_type(old) + ", which it was since " +
                                    statement_.history.place(column->origin) + ", comes back from it as it was");
        }
        if (!cost->loses.empty()) lose(cost->loses + " of " + shown(altered.column));
        if (!cost->fails.empty()) fail(cost->fails);
        run("ALTER COLUMN " + statement_.quoted(altered.column) + " TYPE " + written_type(old));
    }

    void operator()(const set_default& set) {
        const std::string what = (set.text.empty() ? "DROP DEFAULT of " : "SET DEFAULT of ") + shown(set.column);
        const known_column* const column = known_column_of(set.column);
        if (column == nullptr) return refuse(what, "no migration before says which default it had");
        const std::string& old = column->definition.default_text;
        if (old == set.text) return nothing(shown(set.column) + " had this default already");
        run("ALTER COLUMN " + statement_.quoted(set.column) +
            (old.empty() ? std::string(" DROP DEFAULT") : " SET DEFAULT " + old));
    }

    void operator()(const set_not_null& set) { not_null(set.column, "SET NOT NULL", true); }
    void operator()(const drop_not_null& dropped) { not_null(dropped.column, "DROP NOT NULL", false); }

    void operator()(const add_constraint& added) {
        const constraint_definition& said = added.constraint;
        const known_constraint* const made = find_added(said);
        if (made == nullptr && said.name.empty()) {
            return refuse("ADD " + (said.text.empty() ? std::string("CONSTRAINT") : said.text),
                          "the server chose its name");
        }
        const std::string name = made == nullptr ? said.name : made->definition.name;
        if (said.name.empty() && said.using_index.empty()) check("PostgreSQL chose this name");
        run("DROP CONSTRAINT " + statement_.quoted(name));
        if (!said.using_index.empty()) restore_index(said.using_index);
        if (said.kind == constraint_kind::primary_key && made != nullptr) allow_null_again(made->definition.columns);
    }

    void operator()(const drop_constraint& dropped) {
        const std::string what = "DROP CONSTRAINT " + statement_.quoted(dropped.constraint);
        const known_constraint* const old = known_ == nullptr ? nullptr : known_->find_constraint(dropped.constraint);
        if (old == nullptr) {
            const bool never_there = dropped.if_exists && known_ != nullptr && statement_.before.is_complete();
            return never_there ? nothing("no migration before makes the constraint " + dropped.constraint)
                               : refuse(what, "no migration before makes it");
        }
        if (dropped.cascade) return refuse(what, "CASCADE may have dropped more than it");
        const constraint_text text = constraint_text_of(statement_, *old);
        if (!text.why_not.empty()) return refuse(what, text.why_not);
        if (!old->definition.not_valid) fail("rows that it does not allow");
        run("ADD CONSTRAINT " + statement_.quoted(old->definition.name) + " " + text.sql);
    }

    void operator()(const validate_constraint& validated) {
        nothing("VALIDATE CONSTRAINT " + statement_.quoted(validated.constraint) + " only looked at the rows");
    }

    void operator()(const attach_partition& attached) {
        run("DETACH PARTITION " + statement_.quoted(attached.partition));
    }

    void operator()(const detach_partition& detached) {
        const std::string bound = partition_bound(statement_, detached.partition);
        const std::string partition = statement_.quoted(detached.partition);
        if (bound.empty()) return refuse("DETACH PARTITION " + partition, "no migration before says its bounds");
        fail("rows that are not within the bounds");
        run("ATTACH PARTITION " + partition + " " + bound);
    }

    void operator()(const rewrite_table& rewritten) {
        if (rewritten.what == "SET LOGGED") return run("SET UNLOGGED");
        if (rewritten.what == "SET UNLOGGED") return run("SET LOGGED");
        refuse(rewritten.what + " of " + table(), "what it was before is not known");
    }

    void operator()(const set_row_security& set) {
        switch (set.what) {
            case row_security::enable:
                return run("DISABLE ROW LEVEL SECURITY");
            case row_security::disable:
                return run("ENABLE ROW LEVEL SECURITY");
            case row_security::force:
                return run("NO FORCE ROW LEVEL SECURITY");
            case row_security::no_force:
                return run("FORCE ROW LEVEL SECURITY");
        }
    }

    void operator()(const set_trigger& set) {
        run((set.enabled ? "DISABLE TRIGGER " : "ENABLE TRIGGER ") + statement_.quoted(set.trigger));
    }

    void operator()(const other_action&) {
        const statement_text text = statement_.history.text(statement_.at);
        const std::size_t begin = text.index_at(action_.offset);
        const std::size_t end = text.end_of_element(begin);
        if (text.tokens().word(begin, "inherit")) return run("NO " + text.text(begin, end));
        if (text.tokens().words(begin, {"no", "inherit"})) return run(text.text(begin + 1, end));
        if (text.tokens().words(begin, {"cluster", "on"})) return run("SET WITHOUT CLUSTER");
        if (text.tokens().word(begin, "set") && text.tokens().symbol(begin + 1, "(")) return reset(text, begin);
        refuse(text.text(begin, end) + " of " + table(), "what it was before is not known");
    }

private:
    [[nodiscard]] std::string table() const { return statement_.quoted(action_.table); }
    [[nodiscard]] std::string shown(const std::string& column) const {
        return statement_.column(action_.table, column);
    }
    [[nodiscard]] const known_column* known_column_of(const std::string& column) const {
        return known_ == nullptr ? nullptr : known_->find_column(column);
    }
    [[nodiscard]] bool columns_are_known() const { return known_ != nullptr && known_->columns_are_known; }

    void run(const std::string& action) { steps_.run("ALTER TABLE " + table() + " " + action); }
    void nothing(std::string why) { steps_.mark(inverse_line_kind::nothing, std::move(why)); }
    void check(std::string what) { steps_.mark(inverse_line_kind::check, std::move(what)); }
    // Of a table that this migration made, no row is there when its DROP TABLE has run.
    void lose(std::string what) {
        if (!is_new_) steps_.mark(inverse_line_kind::loses_data, std::move(what));
    }
    void fail(std::string rows) {
        if (!is_new_) steps_.mark(inverse_line_kind::may_fail, std::move(rows));
    }
    void refuse(std::string what, std::string why) {
        if (is_new_) return;
        steps_.refuse(std::move(what), std::move(why));
    }

    void not_null(const std::string& column, std::string_view what, bool is_set) {
        const known_column* const known = known_column_of(column);
        if (known == nullptr) {
            refuse(std::string(what) + " of " + shown(column), "no migration before says whether it could be NULL");
        } else if (known->definition.not_null == is_set) {
            nothing(shown(column) + (is_set ? " was NOT NULL already" : " could be NULL already"));
        } else {
            if (!is_set) fail("rows with NULL");
            run("ALTER COLUMN " + statement_.quoted(column) + (is_set ? " DROP NOT NULL" : " SET NOT NULL"));
        }
    }

    [[nodiscard]] const known_constraint* find_added(const constraint_definition& said) const {
        const known_table* const after = statement_.after.find_table(action_.table);
        if (after == nullptr) return nullptr;
        const auto is_it = [&](const known_constraint& each) {
            const made_by& origin = each.origin;
            return origin.migration == statement_.at.migration && origin.statement == statement_.at.statement &&
                   each.definition.offset == said.offset;
        };
        const auto found = std::ranges::find_if(after->constraints, is_it);
        return found == after->constraints.end() ? nullptr : &*found;
    }

    void allow_null_again(const std::vector<std::string>& columns) {
        for (const std::string& each : columns) {
            const known_column* const before = known_column_of(each);
            if (before == nullptr) {
                check(shown(each) + " is NOT NULL since it is in the key: was it before?");
            } else if (!before->definition.not_null) {
                run("ALTER COLUMN " + statement_.quoted(each) + " DROP NOT NULL");
            }
        }
    }

    /// `USING age::bigint`, `USING (age::bigint)`: what ALTER COLUMN does by itself.
    [[nodiscard]] bool using_only_casts(const std::string& column) const {
        const statement_text text = statement_.history.text(statement_.at);
        const std::size_t begin = text.index_at(action_.offset);
        const std::size_t end = text.end_of_element(begin);
        const std::size_t type = text.tokens().find_word("type", begin).value_or(end);
        const std::size_t word = text.tokens().find_word("using", begin).value_or(end);
        if (word >= end) return false;
        const bool is_enclosed = text.tokens().symbol(word + 1, "(");
        const std::size_t name = is_enclosed ? word + 2 : word + 1;
        if (text.name(name) != column || !text.tokens().symbol(name + 1, "::")) return false;
        return text.text(name + 2, is_enclosed ? end - 1 : end) == text.text(type + 1, word);
    }

    /// `SET (fillfactor = 70)`: undone by RESET if nothing set that before.
    void reset(const statement_text& text, std::size_t begin) {
        const std::size_t end = text.end_of_element(begin);
        std::string names_set;
        bool was_set = known_ == nullptr;
        for (std::size_t at = begin + 2; at + 1 < end; at = text.end_of_element(at) + 1) {
            std::size_t behind = at;
            while (behind < text.end_of_element(at) && !text.tokens().symbol(behind, "=")) ++behind;
            names_set += (names_set.empty() ? "" : ", ") + text.text(at, behind);
            was_set = was_set || is_named_before(text.name(behind - 1));
        }
        if (was_set) return refuse(text.text(begin, end) + " of " + table(), "what it was before is not known");
        run("RESET (" + names_set + ")");
    }

    /// By the statement that made the table, or one behind it.
    [[nodiscard]] bool is_named_before(const std::string& parameter) const {
        const past& history = statement_.history;
        bool found = names(history.text(known_->origin), parameter);
        history.each_between(known_->origin, statement_.at, [&](const made_by& at) {
            found = found || names(history.text(at), parameter);
            return found;
        });
        return found;
    }

    void restore_index(const std::string& name) {
        const object_name index{action_.table.schema, name};
        const known_index* const known = statement_.before.find_index(index);
        const std::string why = known == nullptr ? std::string("no migration before makes that index")
                                                 : build_again(statement_, *known, index_mode::in_transaction, steps_);
        if (!why.empty()) refuse("ADD CONSTRAINT .. USING INDEX " + statement_.quoted(name), why);
    }

    const undone_action& action_;
    const undone_statement& statement_;
    undo_steps& steps_;
    const known_table* known_;
    bool is_new_;
};

}  // namespace

void undo(const undone_action& action, const table_action& what, undo_steps& steps) {
    steps.begin(action.offset);
    std::visit(action_undo(action, steps), what);
}

void undo(const undone_statement& statement, const alter_table& altered, undo_steps& steps) {
    for (const alter_table::action& each : altered.actions) {
        undo(undone_action{statement, altered.table, each.offset}, each.what, steps);
    }
}

}  // namespace varve::generator
