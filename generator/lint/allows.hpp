#pragma once

#include <lint/levels.hpp>
#include <source/diagnostic.hpp>
#include <source/migration_source.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace varve::generator {

/// The `-- varve: allow` directives of one draft's script: which findings they accept, and which of them were needed.
class allows {
public:
    explicit allows(const script_source&);

    /// A directive accepts findings of this code in this statement (an index into the script's); it was needed.
    bool accept(std::string_view code, std::size_t statement);

    /// Codes that no rule has (M017), and directives that accepted nothing (M018); not those for rules that are off:
    /// they may be on in another build.
    void report(std::span<const active_rule>, diagnostics&) const;

private:
    struct directive {
        const allowed_finding* said = nullptr;
        std::optional<std::size_t> statement;  ///< empty: every one
        bool needed = false;
    };

    std::vector<directive> directives_;
};

}  // namespace varve::generator
