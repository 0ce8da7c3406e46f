#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

enum class severity : std::uint8_t { note, warning, error };

/// A place in a file. Line 0: the file as a whole (printed as 1:1). Columns count code points from 1.
struct location {
    std::string path;  ///< as it is to be printed
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::string source_line;  ///< text of that line for the caret; empty: no caret is drawn
};

/// A second place that explains the first.
struct related {
    location where;
    std::string message;
};

/// What the user wrote wrongly. Collected, all of them reported. `code` has a page in docs/diagnostics/.
struct diagnostic {
    severity level = severity::error;
    std::string code;  ///< `M003`
    location where;
    std::string message;
    std::string hint;  ///< what to do; lines are printed one below the other
    std::vector<related> notes;
    std::string details{};  ///< lines that show what is meant, `- before` and `+ after`
};

class diagnostics {
public:
    void report(diagnostic);
    [[nodiscard]] bool any_errors() const;
    [[nodiscard]] std::size_t count(severity) const;
    /// By path, line and column; equal places in the order of reporting.
    [[nodiscard]] std::vector<diagnostic> sorted() const;

private:
    std::vector<diagnostic> all_;
};

enum class output_format : std::uint8_t {
    text,    ///< `path:line:column: error: message [M003]`, the line, a caret, the hint: for people, editors and CI
    json,    ///< one array of objects with the same words (docs/diagnostics/README.md)
    sarif,   ///< one SARIF 2.1.0 log, for code scanning
    github,  ///< commands that GitHub Actions turns into annotations of a pull request
};

/// Prints everything that was reported, sorted.
void print(std::ostream&, const diagnostics&, output_format);

}  // namespace varve::generator
