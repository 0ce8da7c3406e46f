#include <varve/verify.hpp>

#include "text.hpp"

#include <algorithm>

namespace varve {

bool verify_report::any_errors() const {
    return std::any_of(findings.begin(), findings.end(),
                       [](const finding& each) { return each.level == finding::severity::error; });
}

std::string to_string(const finding& from, std::string_view directory) {
    const bool is_error = from.level == finding::severity::error;
    if (from.file.find('/') != std::string::npos) directory = {};
    std::string text = core::joined({directory, directory.empty() || directory.ends_with('/') ? "" : "/", from.file,
                                     ":", core::digits(from.line), ":", core::digits(from.column),
                                     is_error ? ": error: " : ": warning: ", core::indented(from.message, "  "), "\n"});
    for (const auto& each : from.details) core::append(text, {"  ", core::indented(each, "    "), "\n"});
    if (!from.hint.empty()) core::append(text, {"  hint: ", core::indented(from.hint, "  "), "\n"});
    return text;
}

}  // namespace varve
