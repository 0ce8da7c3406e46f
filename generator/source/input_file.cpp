#include <source/input_file.hpp>

#include <algorithm>
#include <system_error>

namespace varve::generator {

input_file look_at(const std::filesystem::path& path) {
    std::error_code failure;
    input_file seen{.path = path, .modified = std::filesystem::last_write_time(path, failure), .size = 0};
    if (failure) seen.modified = std::filesystem::file_time_type::min();
    if (std::filesystem::is_regular_file(path, failure)) {
        const std::uintmax_t size = std::filesystem::file_size(path, failure);
        if (!failure) seen.size = size;
    }
    return seen;
}

bool any_changed(std::span<const input_file> inputs) {
    return std::ranges::any_of(inputs, [](const input_file& before) {
        const input_file now = look_at(before.path);
        return now.modified != before.modified || now.size != before.size;
    });
}

}  // namespace varve::generator
