#pragma once

#include <string_view>

/// The fuzz targets: each takes any bytes and throws broken_promise if they make varve break one.
namespace varve::fuzz {

void lexer(std::string_view);
void splitter(std::string_view);
void checksum(std::string_view);
void file_name(std::string_view);
void lock_file(std::string_view);
void directive(std::string_view);

}  // namespace varve::fuzz
