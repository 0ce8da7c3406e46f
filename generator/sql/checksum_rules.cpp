#include <sql/checksum.hpp>

#include <array>

namespace varve::generator {

// Alone in its file on purpose: a test program that defines checksum_rules() itself is linked with its own list, and
// this file, being in a static library, is then not linked at all. So a test can have a rule 2 before there is one.
std::span<const checksum_rule> checksum_rules() {
    static constexpr std::array rules{checksum_rule{.number = 1, .of = token_checksum}};
    return rules;
}

}  // namespace varve::generator
