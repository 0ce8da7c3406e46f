#include <emit/output_file.hpp>

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

namespace varve::generator {
namespace {

std::string last_error() { return std::error_code(errno, std::generic_category()).message(); }

bool says_already(const std::filesystem::path& path, std::string_view text) {
    std::error_code ignored;
    if (std::filesystem::file_size(path, ignored) != text.size() || ignored) return false;
    std::ifstream file(path, std::ios::binary);
    std::string old(text.size(), '\0');
    return file.read(old.data(), static_cast<std::streamsize>(old.size())) && old == text;
}

// A file that is gone unless it got its final name.
class temporary_file {
public:
    explicit temporary_file(const std::filesystem::path& final_name) : final_(final_name), path_(final_name) {
        path_ += ".new";
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() {
        std::error_code ignored;
        if (!renamed_) std::filesystem::remove(path_, ignored);
    }

    void write(std::string_view text) {
        errno = 0;
        std::ofstream file(path_, std::ios::binary | std::ios::trunc);
        file.write(text.data(), static_cast<std::streamsize>(text.size()));
        file.close();
        if (!file) throw write_error(final_, last_error());
    }

    void rename() {
        std::error_code failed;
        std::filesystem::rename(path_, final_, failed);
        if (failed) throw write_error(final_, failed.message());
        renamed_ = true;
    }

private:
    const std::filesystem::path& final_;
    std::filesystem::path path_;
    bool renamed_ = false;
};

}  // namespace

written write_if_different(const std::filesystem::path& path, std::string_view text) {
    if (says_already(path, text)) return written::unchanged;
    write_always(path, text);
    return written::changed;
}

void write_always(const std::filesystem::path& path, std::string_view text) {
    std::error_code failed;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failed);
    if (failed) throw write_error(path, failed.message());
    temporary_file file(path);
    file.write(text);
    file.rename();
}

}  // namespace varve::generator
