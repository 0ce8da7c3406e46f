#pragma once

#include <varve/verify.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What an earlier run has proven, as text that is kept beside the data directory in which it is applied. Pure.
namespace varve::scratch {

struct proven_prefix {
    std::size_t count = 0;  ///< migrations of the history, from its beginning
    std::vector<finding> findings{};
};

/// Everything about these migrations that the result depends on: checksums, modes, positions, what is applied before.
[[nodiscard]] std::string text_of(const std::vector<const history*>& first, const history& ledger, const history&,
                                  const proven_prefix&);

/// Empty if what was proven then is not what the history begins with now, or the text is damaged.
[[nodiscard]] std::optional<proven_prefix> prefix_in(std::string_view text, const std::vector<const history*>& first,
                                                     const history& ledger, const history&);

}  // namespace varve::scratch
