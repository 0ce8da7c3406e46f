#include <commands/lint_arguments.hpp>

#include <lint/levels.hpp>

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace varve::generator {
namespace {

void read_profile(const std::string& text, lint_options& target) {
    const auto profile = parse_lint_profile(text);
    if (!profile) throw CLI::ValidationError("--lint", "'" + text + "' is none of: off default online strict");
    target.profile = *profile;
}

void read_codes(const char* option, const std::vector<std::string>& words, std::vector<std::string>& target) {
    for (const std::string& each : words) {
        if (const std::string why = why_no_rule(each); !why.empty()) throw CLI::ValidationError(option, why);
        target.push_back(each);
    }
}

void add_codes(CLI::App& command, const char* option, std::vector<std::string>& target, const char* help) {
    command
        .add_option_function<std::vector<std::string>>(
            option, [option, &target](const auto& words) { read_codes(option, words, target); }, help)
        ->type_name("CODE")
        ->allow_extra_args(false);
}

}  // namespace

void add_lint_arguments(CLI::App& command, lint_options& target) {
    command
        .add_option_function<std::string>(
            "--lint", [&target](const std::string& text) { read_profile(text, target); },
            "what drafts are reviewed for: off, default, online or strict")
        ->type_name("PROFILE");
    add_codes(command, "--lint-error", target.errors,
              "findings with this code, or with codes that begin so, are errors; may be repeated");
    add_codes(command, "--lint-off", target.off, "these findings are not reported; may be repeated");
}

}  // namespace varve::generator
