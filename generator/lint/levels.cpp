#include <lint/levels.hpp>

#include <source/nearest.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace varve::generator {
namespace {

std::size_t longest_prefix(const std::vector<std::string>& words, std::string_view code) {
    std::size_t longest = 0;
    for (const std::string& each : words) {
        if (code.starts_with(each)) longest = std::max(longest, each.size());
    }
    return longest;
}

std::optional<severity> level_in(const rule_levels& levels, lint_profile profile) {
    switch (profile) {
        case lint_profile::off:
            return std::nullopt;
        case lint_profile::standard:
            return levels.standard;
        case lint_profile::online:
            return levels.online;
        case lint_profile::strict:
            break;
    }
    return levels.strict;
}

}  // namespace

std::optional<severity> level_of(const rule& asked, const lint_options& options) {
    if (options.profile == lint_profile::off) return std::nullopt;
    const std::size_t off = longest_prefix(options.off, asked.code);
    const std::size_t error = longest_prefix(options.errors, asked.code);
    if (off > 0 && off >= error) return std::nullopt;
    const std::optional<severity> level = level_in(asked.levels, options.profile);
    const bool raised = error == asked.code.size() || (error > 0 && level);
    return raised ? severity::error : level;
}

std::vector<active_rule> active_rules(const lint_options& options, engine_kind engine) {
    const rule_engines other = engine == engine_kind::sqlite ? rule_engines::postgresql : rule_engines::sqlite;
    std::vector<active_rule> active;
    for (const rule& each : all_rules()) {
        const auto level = level_of(each, options);
        if (level && each.engines != other) active.push_back({&each, *level});
    }
    return active;
}

std::string_view nearest_code(std::string_view code) {
    std::vector<std::string_view> codes;
    for (const rule& each : all_rules()) codes.push_back(each.code);
    return nearest(code, codes);
}

std::optional<lint_profile> parse_lint_profile(std::string_view word) {
    if (word == "off") return lint_profile::off;
    if (word == "default") return lint_profile::standard;
    if (word == "online") return lint_profile::online;
    if (word == "strict") return lint_profile::strict;
    return std::nullopt;
}

std::string why_no_rule(std::string_view word) {
    const auto begins = [word](const rule& each) { return each.code.starts_with(word); };
    if (!word.empty() && std::ranges::any_of(all_rules(), begins)) return {};
    std::string why = "no rule has the code " + in_ticks(word) + " or one that begins so";
    if (const std::string_view meant = nearest_code(word); !meant.empty()) {
        why += "; did you mean " + std::string(meant) + "?";
    }
    return why;
}

}  // namespace varve::generator
