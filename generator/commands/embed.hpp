#pragma once

#include <commands/console.hpp>
#include <commands/review_options.hpp>
#include <lock/load_history.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace varve::generator {

struct embed_request {
    load_request source;
    review_options review;
    std::string name_space;
    std::filesystem::path cpp;
    std::filesystem::path header;
    std::filesystem::path stamp;    ///< written whenever the outputs are right: the build's output
    std::filesystem::path depfile;  ///< empty: none
    std::vector<std::string> code;  ///< the migrations written in C++ that the build compiles: names of files
};

/// Where `embed` keeps the texts of the scripts, to show a released one that somebody edited: beside the stamp.
[[nodiscard]] std::filesystem::path kept_scripts_path(const embed_request&);

/// `varve embed`: reads, checks, writes. After an error nothing was written. If a file changed while it was read,
/// starts over, so that the outputs are never older than what the build tool takes them for.
[[nodiscard]] exit_code embed(const embed_request&, const console&);

}  // namespace varve::generator
