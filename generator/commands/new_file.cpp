#include <commands/new_file.hpp>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace varve::generator {
namespace {

namespace fs = std::filesystem;

struct file_closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::string create(const new_file& wanted) {
    errno = 0;
    // "x": fails if there is a file, without a moment between looking and writing.
    std::unique_ptr<std::FILE, file_closer> file(std::fopen(wanted.path.string().c_str(), "wbx"));
    const bool created = file != nullptr;
    const bool complete =
        created && std::fwrite(wanted.text.data(), 1, wanted.text.size(), file.get()) == wanted.text.size();
    const bool closed = created && std::fclose(file.release()) == 0;
    if (complete && closed) return {};
    std::string why = std::error_code(errno, std::generic_category()).message();
    std::error_code ignored;
    if (created) fs::remove(wanted.path, ignored);
    return why;
}

}  // namespace varve::generator
