#include <source/diagnostic.hpp>

#include <source/diagnostic_format.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace varve::generator {

void diagnostics::report(diagnostic reported) { all_.push_back(std::move(reported)); }

bool diagnostics::any_errors() const { return count(severity::error) > 0; }

std::size_t diagnostics::count(severity level) const {
    return static_cast<std::size_t>(
        std::count_if(all_.begin(), all_.end(), [level](const diagnostic& each) { return each.level == level; }));
}

std::vector<diagnostic> diagnostics::sorted() const {
    std::vector<diagnostic> result = all_;
    std::stable_sort(result.begin(), result.end(), [](const diagnostic& a, const diagnostic& b) {
        return std::tie(a.where.path, a.where.line, a.where.column) <
               std::tie(b.where.path, b.where.line, b.where.column);
    });
    return result;
}

std::string_view word_of(severity level) {
    switch (level) {
        case severity::note:
            return "note";
        case severity::warning:
            return "warning";
        case severity::error:
            break;
    }
    return "error";
}

void print(std::ostream& out, const diagnostics& reported, output_format format) {
    const std::vector<diagnostic> all = reported.sorted();
    switch (format) {
        case output_format::text:
            return print_as_text(out, all);
        case output_format::json:
            return print_as_json(out, all);
        case output_format::sarif:
            return print_as_sarif(out, all);
        case output_format::github:
            return print_as_github(out, all);
    }
}

}  // namespace varve::generator
