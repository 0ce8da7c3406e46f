#pragma once

#include <lint/rule.hpp>

#include <string>
#include <string_view>

namespace varve::generator {

/// The statement as it stands in its file, with `inserted` behind its first token that is `word` (in lower case), and
/// a `;`: for hints that are pasted.
[[nodiscard]] std::string with_words_after(const reviewed_statement&, std::string_view word, std::string_view inserted);

/// The text from one offset of the file to another, on one line: without comments, each run of space one space.
[[nodiscard]] std::string on_one_line(const script_source&, std::size_t begin, std::size_t end);

}  // namespace varve::generator
