#include <commands/console.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace varve::generator {
namespace {

// A directory or file that cannot be read, an output that cannot be written, a lock file that cannot be.
constexpr std::array<std::string_view, 3> codes_of_the_file_system{"M005", "M046", "M052"};

bool is_about_the_file_system(const diagnostic& each) {
    return each.level == severity::error && std::find(codes_of_the_file_system.begin(), codes_of_the_file_system.end(),
                                                      each.code) != codes_of_the_file_system.end();
}

}  // namespace

exit_code fail(const console& terminal, std::string_view message, std::string_view hint, exit_code code) {
    terminal.err << "varve: error: " << message << '\n';
    if (!hint.empty()) terminal.err << "  hint: " << hint << '\n';
    return code;
}

exit_code conclude(const console& terminal, const diagnostics& found) {
    print(terminal.format == output_format::text ? terminal.err : terminal.out, found, terminal.format);
    if (!found.any_errors()) return exit_code::success;
    const auto all = found.sorted();
    return std::any_of(all.begin(), all.end(), is_about_the_file_system) ? exit_code::unreadable : exit_code::errors;
}

}  // namespace varve::generator
