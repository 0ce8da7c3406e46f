#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace varve::testing {

/// A directory of its own for one test, gone with everything in it at the end.
class temporary_directory {
public:
    temporary_directory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "varve-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory can be made");
        path_ = pattern;
    }
    temporary_directory(const temporary_directory&) = delete;
    temporary_directory& operator=(const temporary_directory&) = delete;
    ~temporary_directory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// Writes a file below it, byte for byte; creates the directories above that.
    void write(const std::filesystem::path& file, std::string_view bytes) const {
        std::filesystem::create_directories((path_ / file).parent_path());
        std::ofstream out(path_ / file, std::ios::binary);
        out << bytes;
        out.close();
        if (!out) throw std::runtime_error("cannot write " + (path_ / file).string());
    }

    [[nodiscard]] std::string read(const std::filesystem::path& file) const {
        std::ifstream in(path_ / file, std::ios::binary);
        if (!in) throw std::runtime_error("cannot read " + (path_ / file).string());
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    std::filesystem::path path_;
};

}  // namespace varve::testing
