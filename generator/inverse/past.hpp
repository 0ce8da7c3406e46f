#pragma once

#include <schema/changes.hpp>
#include <schema/schema.hpp>
#include <schema/statement_text.hpp>
#include <source/migration_source.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// The up statements of a history from its first migration to the one to undo, with what they change and say.
class past {
public:
    past(const history_source&, std::size_t last_migration);

    [[nodiscard]] engine_kind engine() const { return history_.engine; }
    [[nodiscard]] const std::vector<statement_change>& changes(std::size_t migration) const {
        return changes_[migration];
    }
    [[nodiscard]] const change& change_of(const made_by& at) const { return changes_[at.migration][at.statement].what; }
    [[nodiscard]] statement_text text(const made_by&) const;
    /// `0003_create_users.sql:4`
    [[nodiscard]] std::string place(const made_by&) const;

    /// The statements after one and before another, the newest first, until `stop` returns true.
    void each_between(const made_by& after, const made_by& before,
                      const std::function<bool(const made_by&)>& stop) const;
    /// The newest statement before this one for which `is_wanted` holds.
    [[nodiscard]] std::optional<made_by> newest_before(const made_by&,
                                                       const std::function<bool(const made_by&)>& is_wanted) const;

private:
    const history_source& history_;
    std::vector<std::vector<statement_change>> changes_;
};

/// One of its tokens is this name.
[[nodiscard]] bool names(const statement_text&, std::string_view name);

/// The beginning of a statement for messages: on one line, without comments, cut where it gets long.
[[nodiscard]] std::string shown_statement(const statement_text&);

}  // namespace varve::generator
