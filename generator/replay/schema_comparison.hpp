#pragma once

#include <replay/schema_objects.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

enum class difference_kind : std::uint8_t {
    other,            ///< something is there that was not, is not there any more, or means something else
    order_of_columns  ///< a table has the same columns and constraints, written in another order
};

/// How an object differs from what it was, as a sentence's part: `table users has the column email TEXT that was not
/// there before`.
struct schema_difference {
    difference_kind kind = difference_kind::other;
    std::string what;
};

/// How differences are told, behind the name of an object or of a part of it.
struct comparison_words {
    std::string_view gone = " is not there any more";
    std::string_view unexpected = " is there, but was not before";
    std::string_view unexpected_part = ", which was not there before";
    std::string_view ended_before = " where it ended with ";
};

/// Compares what was there with what is there now, by tokens: comments, spaces, the case of words and the quotes around
/// names do not count, since ALTER writes them anew.
[[nodiscard]] std::vector<schema_difference> compare(const object_changes&, const comparison_words& = {});

/// A statement as its tokens: words and names in lower case and without quotes.
[[nodiscard]] std::vector<std::string> plain_tokens(std::string_view sql);

}  // namespace varve::generator
