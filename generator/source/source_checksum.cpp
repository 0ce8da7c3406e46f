#include <source/source_checksum.hpp>

#include <sql/checksum.hpp>

namespace varve::generator {

checksum source_checksum(std::string_view text) { return {.rule = source_rule, .value = sha256(text)}; }

}  // namespace varve::generator
