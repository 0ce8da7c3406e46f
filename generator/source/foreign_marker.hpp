#pragma once

#include <source/diagnostic.hpp>
#include <source/text_file.hpp>

#include <cstddef>
#include <string_view>

namespace varve::generator {

/// Reports (M016) a comment by which another tool is told what to do. To varve it is only a comment, and a file whose
/// up and down sections are parted by such comments would run both. `said` is the comment without `--` and spaces.
void report_foreign_marker(const text_file&, std::size_t offset, std::string_view said, diagnostics&);

}  // namespace varve::generator
