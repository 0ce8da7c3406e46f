#include "current_version.hpp"

namespace varve::cli {

std::vector<current_version> current_versions(const status_report& of, const histories& known) {
    std::vector<current_version> result;
    for (const history* which : known.all()) {
        current_version now{.history = which->name};
        for (const auto& each : of.migrations) {
            if (each.history != which->name) continue;
            if (each.applied) now.at = &each;
            if (!each.applied) ++now.pending;
        }
        result.push_back(now);
    }
    return result;
}

json_array json_of(const std::vector<current_version>& versions) {
    json_array result;
    for (const auto& each : versions) {
        json_object line;
        line.text("history", each.history);
        each.at == nullptr ? line.null("version") : line.number("version", each.at->version);
        line.text_or_null("name", each.at == nullptr ? std::string_view() : each.at->name);
        const bool known = each.at != nullptr && each.at->entry;
        line.text_or_null("applied_at", known ? std::string_view(each.at->entry->applied_at) : std::string_view());
        line.text_or_null("applied_by", known ? std::string_view(each.at->entry->applied_by) : std::string_view());
        line.number("pending", static_cast<std::int64_t>(each.pending));
        result.add(line);
    }
    return result;
}

}  // namespace varve::cli
