#pragma once

#include <source/diagnostic.hpp>
#include <source/text_file.hpp>
#include <sql/checksum.hpp>
#include <varve/history.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

/// One line: a released migration.
struct lock_entry {
    std::int64_t version = 0;
    std::string version_text;
    std::string name;
    checksum up{};
    std::optional<checksum> down;
    transaction_mode mode = transaction_mode::transaction;
    bool breaks_older = false;  ///< the line says so in an eighth word
    std::size_t offset = 0;     ///< of its line in the text
};

enum class lock_state : std::uint8_t {
    absent,    ///< there is no file: everything is a draft
    complete,  ///< every line was understood
    damaged,   ///< something was reported; `entries` are the lines that were understood
};

/// `sqlite.lock`: the released migrations of one history, in history order (docs/lock_file.md).
struct lock_file {
    std::string path;   ///< as messages name it
    std::string bytes;  ///< the raw contents; what is not meant to change in them stays byte for byte
    text_file text;
    lock_state state = lock_state::absent;
    std::vector<lock_entry> entries;

    [[nodiscard]] const lock_entry* find(std::int64_t version) const;
    /// The place of an entry's line.
    [[nodiscard]] location where(const lock_entry&) const;
};

/// Whose lock file it has to be, and the checksum rules that are known.
struct lock_owner {
    engine_kind engine = engine_kind::sqlite;
    std::string history;
    std::span<const checksum_rule> rules;
};

/// Understands a lock file. Reports each thing that is wrong with its line and the way out: conflict markers (M030), a
/// header that is none or of another format (M031), an unknown checksum rule (M032), a malformed line (M033), a version
/// twice (M034), another history's (M035) or engine's (M036) file.
[[nodiscard]] lock_file parse_lock_file(std::string path, std::string bytes, const lock_owner&, diagnostics&);

/// The mode as a line says it: `transaction` or `no-transaction`.
[[nodiscard]] std::string_view mode_word(transaction_mode) noexcept;

/// The lines of a new lock file: the header, then the entries in columns.
[[nodiscard]] std::string print_header(const lock_owner&);

/// The entries as lines, in columns at least as wide as those of `existing`.
[[nodiscard]] std::string print_entries(const std::vector<lock_entry>& added, const std::vector<lock_entry>& existing);

}  // namespace varve::generator
