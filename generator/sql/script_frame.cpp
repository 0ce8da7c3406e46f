#include <sql/script_frame.hpp>

#include <sql/sqlite_pragma.hpp>
#include <sql/transaction_control.hpp>

#include <string>
#include <utility>
#include <vector>

namespace varve::generator {
namespace {

class frame_reader {
public:
    frame_reader(std::span<const token_reader> statements, engine_kind dialect, script_findings& found)
        : statements_(statements), dialect_(dialect), found_(found) {
        frame_.end = statements.size();
    }

    script_frame run() {
        take_pragmas();
        take_wrapper();
        take_pragmas();
        check_pragmas();
        return frame_;
    }

private:
    struct pragma {
        std::size_t offset;
        foreign_keys_value value;
    };

    [[nodiscard]] std::optional<pragma> pragma_at(std::size_t index) const {
        if (dialect_ != engine_kind::sqlite) return std::nullopt;
        const auto value = foreign_keys_of(statements_[index]);
        return value ? std::optional(pragma{statements_[index][0].offset, *value}) : std::nullopt;
    }

    void take_pragmas() {
        for (; frame_.first < frame_.end; ++frame_.first) {
            const auto found = pragma_at(frame_.first);
            if (!found) break;
            leading_.push_back(*found);
        }
        for (; frame_.end > frame_.first; --frame_.end) {
            const auto found = pragma_at(frame_.end - 1);
            if (!found) break;
            trailing_.push_back(*found);
        }
    }

    void take_wrapper() {
        if (frame_.end - frame_.first < 2) return;
        const auto first = control_of(statements_[frame_.first], dialect_);
        const auto last = control_of(statements_[frame_.end - 1], dialect_);
        if (first != transaction_control::plain_begin || last != transaction_control::plain_commit) return;
        frame_.wrapped = true;
        ++frame_.first;
        --frame_.end;
    }

    void check_pragmas() {
        check_values(leading_);
        check_values(trailing_);
        if (!leading_.empty()) {
            const bool on = leading_.front().value == foreign_keys_value::on;
            frame_.foreign_keys = on ? foreign_keys_setting::on : foreign_keys_setting::off;
        } else if (!trailing_.empty()) {
            report(trailing_.back().offset, "PRAGMA foreign_keys at the end of a script changes nothing",
                   "remove it: varve itself puts back what was set before the script; or write it before the first "
                   "statement");
        }
        for (std::size_t i = frame_.first; i < frame_.end; ++i) {
            if (const auto inside = pragma_at(i)) report_inside(*inside);
        }
    }

    void check_values(const std::vector<pragma>& pragmas) {
        for (const pragma& each : pragmas) {
            if (each.value == foreign_keys_value::unknown) {
                report(each.offset, "this value of PRAGMA foreign_keys is neither on nor off", "write `on` or `off`");
            } else if (each.value != pragmas.front().value) {
                found_.report({.offset = each.offset,
                               .code = "M117",
                               .message = "two PRAGMA foreign_keys contradict each other",
                               .hint = "keep the one that the script needs"},
                              pragmas.front().offset, "the other one is here");
            }
        }
    }

    void report_inside(const pragma& inside) {
        report(inside.offset, "PRAGMA foreign_keys between other statements does nothing inside a transaction",
               "write it before the first statement, and what puts it back behind the last: varve sets it outside the\n"
               "transaction and checks the foreign keys before the commit; for two settings make two migrations");
    }

    void report(std::size_t offset, std::string message, std::string hint) {
        found_.report({.offset = offset, .code = "M117", .message = std::move(message), .hint = std::move(hint)});
    }

    std::span<const token_reader> statements_;
    engine_kind dialect_;
    script_findings& found_;
    script_frame frame_;
    std::vector<pragma> leading_;
    std::vector<pragma> trailing_;  ///< the last one first
};

}  // namespace

script_frame take_frame_off(std::span<const token_reader> statements, engine_kind dialect, script_findings& found) {
    return frame_reader(statements, dialect, found).run();
}

}  // namespace varve::generator
