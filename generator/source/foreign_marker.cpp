#include <source/foreign_marker.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace varve::generator {

namespace {

struct marker {
    std::string_view begin;
    std::string_view tool;
    std::string_view hint;
};

constexpr std::string_view two_files =
    "put the way back into a file of its own, <version>_<name>.down.sql, and delete the comment";
constexpr std::string_view own_directive = "write instead: -- varve: no-transaction";

constexpr std::array<marker, 9> markers = {{
    {"+goose NO TRANSACTION", "goose", own_directive},
    {"+goose StatementBegin", "goose", "delete it: varve knows where statements end"},
    {"+goose StatementEnd", "goose", "delete it: varve knows where statements end"},
    {"+goose ", "goose", two_files},
    {"+migrate ", "sql-migrate", two_files},
    {"migrate:up", "dbmate", two_files},
    {"migrate:down", "dbmate", two_files},
    {"no-transaction", "sqlx", own_directive},
    {"postgres-migrations disable-transaction", "postgres-migrations", own_directive},
}};

/// `-- no-transactional tables here` is prose.
bool begins_with(std::string_view said, std::string_view begin) {
    if (!said.starts_with(begin)) return false;
    return begin.ends_with(' ') || said.size() == begin.size() || said[begin.size()] == ' ';
}

}  // namespace

void report_foreign_marker(const text_file& file, std::size_t offset, std::string_view said, diagnostics& found) {
    const auto known = std::ranges::find_if(markers, [said](const marker& m) { return begins_with(said, m.begin); });
    if (known == markers.end()) return;
    const std::size_t dashes = file.text().substr(offset).find(said);
    found.report({severity::error,
                  "M016",
                  file.location_of(offset + dashes),
                  "this comment speaks to " + std::string(known->tool) + "; varve would pass over it",
                  std::string(known->hint),
                  {}});
}

}  // namespace varve::generator
