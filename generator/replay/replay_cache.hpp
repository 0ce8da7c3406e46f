#pragma once

#include <replay/replay_options.hpp>
#include <replay/replay_state.hpp>
#include <source/migration_source.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// For each number of migrations from none to all, what a replay of so many depends on: their files, the options, the
/// versions of varve and of SQLite.
[[nodiscard]] std::vector<std::string> replay_keys(const history_source&, const replay_options&);

/// States of former replays, in files of one directory. It only saves time: a file that is missing, damaged or cannot
/// be written is as good as none.
class replay_cache {
public:
    explicit replay_cache(std::filesystem::path directory) : directory_(std::move(directory)) {}

    /// True if there is a file for this key.
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] std::optional<replay_state> find(std::string_view key) const;
    void keep(std::string_view key, const replay_state&) const;
    /// Deletes the files of all other keys.
    void keep_only(const std::vector<std::string>& keys) const;

private:
    [[nodiscard]] std::filesystem::path file_of(std::string_view key) const;

    std::filesystem::path directory_;
};

}  // namespace varve::generator
