#pragma once

#include "account.hpp"

#include <filesystem>

namespace varve::scratch {

/// A directory for one run, gone at its end; its path is short, because that of a socket in it may have 107 bytes only.
/// It holds a locked file as long as we live, so that a run that was killed is recognised: making a directory removes
/// those of dead runs first, and stops their servers.
class run_directory {
public:
    explicit run_directory(const account& owner);
    run_directory(const run_directory&) = delete;
    run_directory& operator=(const run_directory&) = delete;
    ~run_directory();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    int lock_ = -1;
};

}  // namespace varve::scratch
