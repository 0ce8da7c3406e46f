#pragma once

#include <commands/console.hpp>
#include <commands/review_options.hpp>
#include <lock/load_history.hpp>

#include <cstdint>
#include <filesystem>

namespace varve::generator {

enum class document_use : std::uint8_t {
    write,
    check  ///< write nothing, and fail if the file is not what would be written
};

struct document_request {
    load_request source;
    review_options review;
    std::filesystem::path output{};  ///< empty: standard output
    document_use use = document_use::write;
};

/// `varve docs`: the history as Markdown. Writes a file only if it is different, and never over one that it did not
/// write itself.
[[nodiscard]] exit_code document(const document_request&, const console&);

}  // namespace varve::generator
