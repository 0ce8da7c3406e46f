#pragma once

#include <sql/checksum.hpp>
#include <varve/history.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace varve::generator {

/// Where the text of a released script can still be found after somebody edited its file: in what a build kept, or in
/// git. Only a text with the checksum that was locked is one; all else is as if nothing had been found. Never reports
/// anything, and looks at git for a few seconds and a few scripts at most.
class released_texts {
public:
    /// `kept` is what print_kept_scripts() wrote; it need not be there.
    released_texts(std::filesystem::path kept, engine_kind dialect, std::span<const checksum_rule> rules)
        : kept_path_(std::move(kept)), dialect_(dialect), rules_(rules) {}

    /// The text without BOM and CRLF of the script that is now at `file`.
    [[nodiscard]] std::optional<std::string> find(const std::filesystem::path& file, const checksum& locked);

private:
    [[nodiscard]] std::optional<std::string> with_checksum(std::string_view bytes, const checksum& locked) const;
    [[nodiscard]] std::optional<std::string> find_kept(const checksum& locked);
    [[nodiscard]] std::optional<std::string> find_in_git(const std::filesystem::path& file, const checksum& locked);

    std::filesystem::path kept_path_;
    engine_kind dialect_;
    std::span<const checksum_rule> rules_;
    std::optional<std::string> kept_;                                ///< read when it is first asked for
    std::optional<std::chrono::steady_clock::time_point> deadline_;  ///< of git, from the first question on
    int asked_git_ = 0;
};

}  // namespace varve::generator
