#include "private_directory.hpp"

#include "core/raise.hpp"

#include <stdlib.h>

namespace varve::backup {

private_directory::private_directory() {
    std::error_code none;
    std::string pattern = (std::filesystem::temp_directory_path(none) / "varve-backup-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        core::raise(error_code::backup_failed, {"cannot make a directory ", pattern},
                    "set TMPDIR to where that can be");
    }
    path_ = pattern;
}

private_directory::~private_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace varve::backup
