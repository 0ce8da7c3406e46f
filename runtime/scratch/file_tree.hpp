#pragma once

#include "account.hpp"

#include <filesystem>

namespace varve::scratch {

/// Copies a data directory that no server writes to, without what only a running one needs, and gives the copy away.
/// Throws `std::filesystem::filesystem_error` and `varve::error`.
void copy_data_directory(const std::filesystem::path& from, const std::filesystem::path& to, const account& owner);

/// Puts a directory that is complete in a place where others may be doing the same: whoever is last is found there.
/// False if that is not possible, and then it is removed.
bool put_in_place(const std::filesystem::path& complete, const std::filesystem::path& place);

}  // namespace varve::scratch
