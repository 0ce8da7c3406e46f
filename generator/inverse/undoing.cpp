#include <inverse/undoing.hpp>

#include <sql/quoted_name.hpp>

#include <iterator>

namespace varve::generator {

bool undone_statement::is_new(const object_name& table) const {
    const known_table* const known = before.find_table(table);
    return known != nullptr && known->origin.migration == at.migration;
}

std::string undone_statement::quoted(std::string_view name) const { return quoted_name(name, history.engine()); }

std::string undone_statement::quoted(const object_name& name) const {
    return (name.schema.empty() ? std::string() : quoted(name.schema) + ".") + quoted(name.name);
}

std::string undone_statement::column(const object_name& table, std::string_view name) const {
    return quoted(table) + "." + quoted(name);
}

void undo_steps::begin(std::size_t offset) { steps_.push_back({offset, {}}); }

void undo_steps::run(std::string sql) {
    ++inside_;
    mark(inverse_line_kind::statement, std::move(sql));
}

void undo_steps::run_outside_transaction(std::string sql) {
    ++outside_;
    mark(inverse_line_kind::statement, std::move(sql));
}

void undo_steps::refuse(std::string what, std::string why) {
    mark(inverse_line_kind::no_inverse, what + ": " + why);
    problems_.push_back({steps_.back().offset, std::move(what), std::move(why)});
}

inverse undo_steps::reversed() && {
    inverse result;
    for (auto each = steps_.rbegin(); each != steps_.rend(); ++each) {
        std::move(each->lines.begin(), each->lines.end(), std::back_inserter(result.lines));
    }
    result.problems = std::move(problems_);
    result.mixes_modes = inside_ > 0 && outside_ > 0;
    return result;
}

}  // namespace varve::generator
