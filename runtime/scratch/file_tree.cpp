#include "file_tree.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace varve::scratch {
namespace {

namespace fs = std::filesystem;

bool is_of_a_running_server(const fs::path& name) { return name == "postmaster.pid" || name == "postmaster.opts"; }

}  // namespace

void copy_data_directory(const fs::path& from, const fs::path& to, const account& owner) {
    fs::create_directory(to);
    for (auto each = fs::recursive_directory_iterator(from); each != fs::recursive_directory_iterator(); ++each) {
        const fs::path copy = to / each->path().lexically_relative(from);
        if (each->is_directory()) {
            fs::create_directory(copy, each->path());
        } else if (!is_of_a_running_server(each->path().filename())) {
            fs::copy_file(each->path(), copy);
        } else {
            continue;
        }
        give_to(owner, copy);
    }
    fs::permissions(to, fs::perms::owner_all);
    give_to(owner, to);
}

bool put_in_place(const fs::path& complete, const fs::path& place) {
    std::error_code failed;
    const fs::path old = complete.native() + ".old";
    fs::rename(place, old, failed);  // fails if there is none
    fs::rename(complete, place, failed);
    const bool is_there = !failed;
    fs::remove_all(old, failed);
    if (!is_there) fs::remove_all(complete, failed);
    return is_there;
}

}  // namespace varve::scratch
