#pragma once

#include <sql/lexer.hpp>
#include <varve/history.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace varve::generator {

/// SHA-256 of bytes, by OpenSSL's libcrypto.
[[nodiscard]] digest sha256(std::string_view bytes);

/// One numbered way to say what a script means. A rule is never changed; a new one stands beside it.
struct checksum_rule {
    std::uint8_t number;
    digest (*of)(std::string_view text, std::span<const token>, engine_kind dialect);
};

/// All rules this generator knows, the oldest first; the last one is used for drafts.
[[nodiscard]] std::span<const checksum_rule> checksum_rules();
[[nodiscard]] const checksum_rule* find_checksum_rule(std::uint8_t number);

/// Rule 1 over tokens (docs/checksum.md).
[[nodiscard]] digest token_checksum(std::string_view text, std::span<const token>, engine_kind dialect);

/// `1:` and 64 lower-case hexadecimal digits, and back.
[[nodiscard]] std::string to_string(const checksum&);
[[nodiscard]] std::optional<checksum> parse_checksum(std::string_view);

/// The mark of a ledger slot (`v:7`): the first 5 bytes of SHA-256(slot, 0x00, checksum text) as an integer.
[[nodiscard]] std::int64_t mark_of(std::string_view slot, const checksum&);

}  // namespace varve::generator
