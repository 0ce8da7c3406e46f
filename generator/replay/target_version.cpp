#include <replay/target_version.hpp>

#include <replay/sqlite_features.hpp>
#include <sql/character.hpp>

#include <algorithm>

namespace varve::generator {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return to_lower(x) == to_lower(y); });
}

bool is_registered(const used_feature& feature, const token_reader& tokens, const replay_options& options) {
    return std::ranges::any_of(options.functions, [&](const stand_in_function& each) {
        return same_name(each.name, tokens.text(feature.token));
    });
}

void check(const script_source& script, severity level, const replay_options& options, diagnostics& found) {
    const std::span<const token> all = script.tokens.tokens;
    for (const classified_statement& each : script.script.statements) {
        const token_reader tokens(script.file.text(), all.subspan(each.tokens.first_token, each.tokens.token_count));
        for (const used_feature& feature : used_features(tokens)) {
            if (feature.since <= *options.target || is_registered(feature, tokens, options)) continue;
            found.report({level,
                          "M610",
                          script.file.location_of(tokens[feature.token].offset),
                          "SQLite " + to_string(*options.target) + " does not have " + feature.what,
                          "it came with SQLite " + to_string(feature.since) +
                              ": write it without, or raise SQLITE_TARGET_VERSION",
                          {}});
        }
    }
}

}  // namespace

void check_target_version(const history_source& history, const replay_options& options, diagnostics& found) {
    if (!options.target || history.engine != engine_kind::sqlite) return;
    for (const migration_source& each : history.migrations) {
        const severity level = each.released ? severity::warning : severity::error;
        check(each.up, level, options, found);
        if (each.down) check(*each.down, level, options, found);
    }
}

}  // namespace varve::generator
