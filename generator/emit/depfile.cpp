#include <emit/depfile.hpp>

namespace varve::generator {
namespace {

std::string utf8(const std::filesystem::path& path) {
    const std::u8string bytes = path.generic_u8string();
    return {bytes.begin(), bytes.end()};
}

// Ninja's reader of the format: a backslash before a space or `#` is dropped, `$$` is one `$`. Backslashes that stand
// directly before an escaped character must be doubled; others stay single.
void append_escaped(std::string& out, const std::string& path) {
    std::size_t backslashes = 0;
    for (const char c : path) {
        if (c == ' ' || c == '#') out.append(backslashes + 1, '\\');
        if (c == '$') out += '$';
        backslashes = c == '\\' ? backslashes + 1 : 0;
        out += c;
    }
}

}  // namespace

std::string depfile_text(const std::filesystem::path& target, std::span<const std::filesystem::path> inputs) {
    std::string out;
    append_escaped(out, utf8(target));
    out += ':';
    for (const auto& input : inputs) {
        const std::string path = utf8(input);
        if (path.find('\n') != std::string::npos) continue;
        out += " \\\n  ";
        append_escaped(out, path);
    }
    out += '\n';
    return out;
}

}  // namespace varve::generator
