#pragma once

#include <pg_query.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// The bytes of a token or a comment.
struct piece {
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(const piece&, const piece&) = default;
};

/// What PostgreSQL's scanner sees in a text.
struct scanned {
    std::vector<piece> tokens;
    std::vector<piece> comments;
};

/// Reads the protocol buffer that libpg_query's scanner gives; as much of the format as that needs.
class scan_result_reader {
public:
    explicit scan_result_reader(std::string_view bytes) : rest_(bytes) {}

    scanned run() {
        scanned result;
        while (!rest_.empty()) {
            const std::uint64_t tag = number();
            if (tag == (tokens_field << 3U | with_length)) {
                take_token(scan_result_reader(block(number())), result);
            } else {
                (void)number();
            }
        }
        return result;
    }

private:
    static constexpr std::uint64_t with_length = 2;
    static constexpr std::uint64_t tokens_field = 2;

    static void take_token(scan_result_reader fields, scanned& result) {
        static constexpr std::array<std::uint64_t, 2> comment_kinds{275, 276};  // SQL_COMMENT, C_COMMENT
        std::array<std::uint64_t, 6> values{};                                  // 1: start, 2: end, 4: kind
        while (!fields.rest_.empty()) {
            const std::uint64_t field = fields.number() >> 3U;
            values.at(field) = fields.number();
        }
        const bool is_comment = std::ranges::find(comment_kinds, values[4]) != comment_kinds.end();
        (is_comment ? result.comments : result.tokens).push_back({values[1], values[2]});
    }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; !rest_.empty() && shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) break;
        }
        return value;
    }

    std::string_view block(std::uint64_t size) {
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::string_view rest_;
};

/// Nothing if PostgreSQL's scanner refuses the text.
inline std::optional<scanned> scan(const std::string& text) {
    const PgQueryScanResult result = pg_query_scan(text.c_str());
    std::optional<scanned> found;
    if (result.error == nullptr) found = scan_result_reader({result.pbuf.data, result.pbuf.len}).run();
    pg_query_free_scan_result(result);
    return found;
}

}  // namespace varve::generator
