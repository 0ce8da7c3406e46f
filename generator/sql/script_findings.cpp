#include <sql/script_findings.hpp>

#include <utility>

namespace varve::generator {
namespace {

constexpr std::size_t most_errors_of_a_script = 100;

}  // namespace

void script_findings::report(finding found) { report(std::move(found), std::vector<related>{}); }

void script_findings::report(finding found, std::size_t first, std::string note) {
    report(std::move(found), {{.where = file_.location_of(first), .message = std::move(note)}});
}

void script_findings::report(finding found, std::vector<related> notes) {
    ++count_;
    if (count_ > most_errors_of_a_script + 1) return;
    const location where = file_.location_of(found.offset);
    if (count_ == most_errors_of_a_script + 1) {
        out_.report({.level = severity::note,
                     .code = {},
                     .where = where,
                     .message = "from here on no more errors of this file are shown",
                     .hint = {},
                     .notes = {}});
        return;
    }
    out_.report({.level = found.level,
                 .code = std::move(found.code),
                 .where = where,
                 .message = std::move(found.message),
                 .hint = std::move(found.hint),
                 .notes = std::move(notes)});
}

}  // namespace varve::generator
