#include <source/wording.hpp>

namespace varve::generator {

std::string in_ticks(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string title(std::int64_t version, std::string_view name) {
    return std::to_string(version).append(" (").append(name).append(")");
}

std::string shown_path(const std::filesystem::path& path) {
    const std::u8string text = path.generic_u8string();
    return {text.begin(), text.end()};
}

std::string shown_path(const std::filesystem::path& directory, std::string_view file) {
    std::string path = shown_path(directory);
    if (!path.empty() && !path.ends_with('/')) path += '/';
    return path.append(file);
}

}  // namespace varve::generator
