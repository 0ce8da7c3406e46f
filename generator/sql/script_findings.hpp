#pragma once

#include <source/diagnostic.hpp>
#include <source/text_file.hpp>

#include <cstddef>
#include <string>

namespace varve::generator {

/// What is wrong with a statement or with the text itself.
struct finding {
    std::size_t offset = 0;
    std::string code;
    std::string message;
    std::string hint;
    severity level = severity::error;
};

/// Reports what is wrong with one script by offset. Behind the hundredth finding it says so and reports no more: a file
/// that is no SQL at all would bury every other file's errors.
class script_findings {
public:
    script_findings(const text_file& file, diagnostics& out) : file_(file), out_(out) {}

    void report(finding);
    /// `first` is the place that explains this error.
    void report(finding, std::size_t first, std::string note);

private:
    void report(finding, std::vector<related> notes);

    const text_file& file_;
    diagnostics& out_;
    std::size_t count_ = 0;
};

}  // namespace varve::generator
