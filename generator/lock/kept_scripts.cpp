#include <lock/kept_scripts.hpp>

#include <charconv>

namespace varve::generator {
namespace {

constexpr std::string_view first_line = "varve-kept 1\n";

void keep(std::string& kept, const script_source& script) {
    const std::string_view text = script.as_written().text();
    kept += to_string(script.main_checksum) + " " + std::to_string(text.size()) + "\n";
    kept.append(text).append("\n");
}

struct record {
    std::string_view checksum;
    std::string_view text;
};

/// Takes the first record off; nothing if what is there is none.
std::optional<record> take_record(std::string_view& rest) {
    const std::size_t space = rest.find(' ');
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || space >= end) return std::nullopt;
    std::size_t size = 0;
    const char* const digits_end = rest.data() + end;
    const auto parsed = std::from_chars(rest.data() + space + 1, digits_end, size);
    if (parsed.ec != std::errc() || parsed.ptr != digits_end || size >= rest.size() - end - 1) return std::nullopt;
    const record taken{rest.substr(0, space), rest.substr(end + 1, size)};
    if (rest[end + 1 + size] != '\n') return std::nullopt;
    rest.remove_prefix(end + 1 + size + 1);
    return taken;
}

}  // namespace

std::string print_kept_scripts(const history_source& history) {
    std::string kept(first_line);
    for (const migration_source& each : history.migrations) {
        keep(kept, each.up);
        if (each.down && !each.code) keep(kept, *each.down);  // in C++ it is the same file
    }
    return kept;
}

std::vector<std::string_view> find_kept_scripts(std::string_view kept, const checksum& wanted) {
    std::vector<std::string_view> texts;
    if (!kept.starts_with(first_line)) return texts;
    kept.remove_prefix(first_line.size());
    const std::string word = to_string(wanted);
    for (auto each = take_record(kept); each; each = take_record(kept)) {
        if (each->checksum == word) texts.push_back(each->text);
    }
    return texts;
}

}  // namespace varve::generator
