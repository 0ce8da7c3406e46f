#pragma once

#include <inverse/inverse.hpp>
#include <inverse/past.hpp>
#include <schema/schema.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace varve::generator {

/// A statement to undo, with what was there before and after it.
struct undone_statement {
    const past& history;
    made_by at;
    const statement_change& change;
    const schema& before;
    const schema& after;

    [[nodiscard]] bool is_postgresql() const { return history.engine() == engine_kind::postgresql; }
    /// The table was made by this migration: what is done to it goes with it.
    [[nodiscard]] bool is_new(const object_name& table) const;

    [[nodiscard]] std::string quoted(std::string_view name) const;
    [[nodiscard]] std::string quoted(const object_name&) const;
    /// `users.email`, for comments.
    [[nodiscard]] std::string column(const object_name& table, std::string_view name) const;
};

/// Collects what undoes a migration. A step is what undoes one action: its lines stand in the order in which they run;
/// steps are undone in the reverse of the order in which they were begun.
class undo_steps {
public:
    /// What is added from now on undoes another action, written at this offset.
    void begin(std::size_t offset);

    void run(std::string sql);
    void run_outside_transaction(std::string sql);
    void mark(inverse_line_kind kind, std::string text) { steps_.back().lines.push_back({kind, std::move(text)}); }
    void refuse(std::string what, std::string why);

    [[nodiscard]] inverse reversed() &&;

private:
    struct step {
        std::size_t offset = 0;
        std::vector<inverse_line> lines;
    };
    std::vector<step> steps_;
    std::vector<missing_inverse> problems_;
    std::size_t inside_ = 0;
    std::size_t outside_ = 0;
};

// One function a family of statements. Each begins its steps itself.
void undo(const undone_statement&, const create_table&, undo_steps&);
void undo(const undone_statement&, const alter_table&, undo_steps&);
void undo(const undone_statement&, const create_index&, undo_steps&);
void undo(const undone_statement&, const rename&, undo_steps&);
void undo(const undone_statement&, const move_to_schema&, undo_steps&);
void undo(const undone_statement&, const drop_objects&, undo_steps&);
void undo(const undone_statement&, const create_object&, undo_steps&);
void undo(const undone_statement&, const add_enum_value&, undo_steps&);
void undo(const undone_statement&, const add_domain_constraint&, undo_steps&);
void undo(const undone_statement&, const maintenance&, undo_steps&);
void undo(const undone_statement&, const truncate&, undo_steps&);
void undo(const undone_statement&, const data_change&, undo_steps&);
void undo(const undone_statement&, const change_setting&, undo_steps&);
void undo(const undone_statement&, const comment_on&, undo_steps&);
void undo(const undone_statement&, const change_privileges&, undo_steps&);
void undo(const undone_statement&, const run_code&, undo_steps&);
void undo(const undone_statement&, const other_statement&, undo_steps&);

/// One action of ALTER TABLE.
struct undone_action {
    const undone_statement& statement;
    const object_name& table;
    std::size_t offset = 0;
};
void undo(const undone_action&, const table_action&, undo_steps&);

}  // namespace varve::generator
