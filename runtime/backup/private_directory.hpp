#pragma once

#include <filesystem>

namespace varve::backup {

/// A directory that nobody else reads, gone at the end. Throws `varve::error`.
class private_directory {
public:
    private_directory();
    private_directory(const private_directory&) = delete;
    private_directory& operator=(const private_directory&) = delete;
    ~private_directory();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace varve::backup
