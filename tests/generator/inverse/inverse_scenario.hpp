#pragma once

#include <inverse/down_script.hpp>
#include <lock/load_history.hpp>
#include <source/file_name.hpp>

#include <gtest/gtest.h>

#include <generator/found.hpp>
#include <support/temporary_directory.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// What `varve down` infers for the last of a few migrations, 0001_m.sql and so on.
struct inferred {
    std::vector<std::string> statements;
    std::string script;    ///< without its head
    std::string problems;  ///< a line each, as they are reported
};

inline loaded_history load(const std::vector<std::string>& scripts, engine_kind engine,
                           const testing::temporary_directory& root, diagnostics& found) {
    for (std::size_t i = 0; i < scripts.size(); ++i) {
        root.write("000" + std::to_string(i + 1) + "_m.sql", scripts[i]);
    }
    return load_history({.directory = root.path(), .engine = engine, .name = "shop", .drafts = draft_policy::silent},
                        found);
}

inline inferred infer(const std::vector<std::string>& scripts, engine_kind engine) {
    const testing::temporary_directory root;
    diagnostics found;
    const loaded_history loaded = load(scripts, engine, root, found);
    EXPECT_EQ(printed(found), "");
    const std::size_t last = scripts.size() - 1;
    const inverse undone = inverse_of(loaded.history, last);
    inferred result;
    for (const inverse_line& each : undone.lines) {
        if (each.kind == inverse_line_kind::statement) result.statements.push_back(each.text);
    }
    result.script = down_script_text(undone, loaded.history.migrations[last]);
    result.script.erase(0, result.script.find('\n', result.script.find('\n') + 1) + 1);
    for (const missing_inverse& each : undone.problems) {
        result.problems += std::to_string(loaded.history.migrations[last].up.file.position_of(each.offset).line) +
                           ": " + each.what + ": " + each.why + "\n";
    }
    // Whatever is printed can be taken as the down script.
    root.write(down_file_name(loaded.history.migrations[last].up.file_name), result.script);
    const loaded_history again = load(scripts, engine, root, found);
    EXPECT_FALSE(found.any_errors()) << printed(found) << result.script;
    return result;
}

}  // namespace varve::generator
