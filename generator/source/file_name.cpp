#include <source/file_name.hpp>

#include <source/code_point.hpp>
#include <source/nearest.hpp>
#include <source/version.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace varve::generator {

namespace {

constexpr std::string_view extension = ".sql";
constexpr std::string_view cpp_extension = ".cpp";
constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_history_name = 63;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_plain(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; }

/// Spaces, controls and marks without a shape: they would make two names look alike.
bool is_invisible(char32_t c) {
    return c <= 0xA0 || c == 0xAD || c == 0x1680 || (c >= 0x2000 && c <= 0x206F) || c == 0x3000 || c == 0xFEFF ||
           (c >= 0xFFF0 && c <= 0xFFFF);
}

/// Bytes of the character at `offset` if it may stand in a name, else 0.
std::size_t name_character(std::string_view text, std::size_t offset) {
    if (is_plain(text[offset])) return 1;
    const code_point c = code_point_at(text, offset);
    return c.size > 1 && !is_invisible(c.value) ? c.size : 0;
}

/// Where the first character that may not stand in a name begins; npos if all may.
std::size_t first_bad_character(std::string_view name) {
    for (std::size_t i = 0; i < name.size();) {
        const std::size_t size = name_character(name, i);
        if (size == 0) return i;
        i += size;
    }
    return std::string_view::npos;
}

std::vector<std::string_view> cut_at_dots(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t dot = text.find('.', begin);
        parts.push_back(text.substr(begin, dot - begin));
        if (dot == std::string_view::npos) return parts;
        begin = dot + 1;
    }
}

std::optional<engine_kind> engine_meant(std::string_view word) {
    const std::string_view known =
        nearest(word, {"sqlite", "sqlite3", "postgresql", "postgres", "pgsql", "pg", "psql"});
    if (known.empty()) return std::nullopt;
    return known.starts_with("sqlite") ? engine_kind::sqlite : engine_kind::postgresql;
}

/// What a badly written name was probably meant to be.
class guess {
public:
    explicit guess(std::string_view stem) {
        const std::string_view rest = take_version(stem);
        for (const std::string_view part : cut_at_dots(rest)) take_part(part);
        trim_name();
    }

    [[nodiscard]] std::string file() const {
        std::string result = version_.empty() ? "<version>" : version_;
        result += '_';
        result += name_.empty() ? "<name>" : name_;
        if (down_) result += ".down";
        if (engine_) result += "." + std::string(engine_word(*engine_));
        return result + std::string(extension);
    }

private:
    std::string_view take_version(std::string_view stem) {
        const auto not_digit = [](char c) { return !is_digit(c); };
        std::string_view rest = stem;
        if (rest.size() > 1 && is_letter(rest[0]) && is_digit(rest[1])) {
            // Flyway's undo scripts are U7__name.sql.
            down_ = rest[0] == 'U' || rest[0] == 'u';
            rest.remove_prefix(1);
        }
        const auto end = std::ranges::find_if(rest, not_digit);
        const std::string_view digits = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        if (!parse_version(digits)) return stem;
        version_ = digits;
        return rest.substr(digits.size());
    }

    void take_part(std::string_view part) {
        if (part == "up") return;
        if (part == "down") {
            down_ = true;
            return;
        }
        if (const auto engine = engine_meant(part)) {
            engine_ = engine;
            return;
        }
        if (!name_.empty() && !part.empty()) name_ += '_';
        for (std::size_t i = 0; i < part.size();) {
            const std::size_t size = name_character(part, i);
            name_ += size == 0 ? "_" : part.substr(i, size);
            i += std::max<std::size_t>(size, 1);
        }
    }

    void trim_name() {
        name_.erase(0, name_.find_first_not_of("_-"));
        std::size_t size = 0;
        while (size < name_.size()) {
            const std::size_t next = size + name_character(name_, size);
            if (next > longest_name) break;
            size = next;
        }
        name_.resize(name_.find_last_not_of("_-", size == 0 ? 0 : size - 1) + 1);
    }

    std::string version_;
    std::string name_;
    bool down_ = false;
    std::optional<engine_kind> engine_;
};

bad_file_name malformed(std::string_view stem, std::string message) {
    return {.code = "M002", .message = std::move(message), .hint = "rename it to " + guess(stem).file()};
}

bad_file_name reserved(std::string_view file, std::string_view what) {
    return {
        .code = "M006",
        .message = in_ticks(file) + " is the name of " + std::string(what) + ", which this version of varve cannot run",
        .hint = "write a migration: <version>_<name>.sql"};
}

bool is_leftover(std::string_view file) {
    static constexpr std::array<std::string_view, 6> ends = {"~", ".swp", ".orig", ".rej", ".bak", ".tmp"};
    return (file.starts_with('#') && file.ends_with('#')) ||
           std::ranges::any_of(ends, [file](std::string_view end) { return file.ends_with(end); });
}

std::size_t leading_digits(std::string_view text) {
    const auto end = std::ranges::find_if(text, [](char c) { return !is_digit(c); });
    return static_cast<std::size_t>(end - text.begin());
}

bad_file_name not_a_script(std::string_view file) {
    if (is_leftover(file)) {
        return {.code = "M001",
                .message = "stray file " + in_ticks(file) + " in a directory of migrations",
                .hint = "an editor or a merge left it behind: delete it"};
    }
    if (file.size() >= extension.size() && nearest(file.substr(file.size() - extension.size()), {".sql"}) == ".sql") {
        return malformed(file.substr(0, file.size() - extension.size()), "the extension of a script is `.sql`");
    }
    return {.code = "M001",
            .message = "stray file " + in_ticks(file) + " in a directory of migrations",
            .hint =
                "only scripts, README.md and lock files may lie here: move it elsewhere, or give it the name of a\n"
                "script: <version>_<name>.sql"};
}

std::optional<bad_file_name> check_version(std::string_view stem) {
    const std::size_t digits = leading_digits(stem);
    if (digits == 0) return malformed(stem, "the name of a script begins with its version, as in 0007_add_email.sql");
    if (!parse_version(stem.substr(0, digits))) {
        return malformed(stem, in_ticks(stem.substr(0, digits)) + " is not a version: 1 to 18 digits, at least 1");
    }
    if (digits == stem.size() || stem[digits] == '.') {
        return malformed(stem, "the version is not followed by a name, as in 0007_add_email.sql");
    }
    if (stem[digits] != '_') {
        return malformed(stem, "between version and name stands `_`, as in 0007_add_email.sql");
    }
    return std::nullopt;
}

std::optional<bad_file_name> check_name(std::string_view stem, std::string_view name) {
    if (name.empty()) return malformed(stem, "the version is not followed by a name, as in 0007_add_email.sql");
    if (const std::size_t bad = first_bad_character(name); bad != std::string_view::npos) {
        const std::size_t size = code_point_at(name, bad).size;
        if (size == 0) return malformed(stem, "the name is not UTF-8");
        return malformed(stem, in_ticks(name.substr(bad, size)) +
                                   " cannot stand in a migration's name: letters, digits, `_` and `-` can");
    }
    if (name.size() > longest_name) return malformed(stem, "the name is longer than 200 bytes");
    return std::nullopt;
}

/// Reads what stands between the name and `.sql` into `result`.
std::optional<bad_file_name> read_suffixes(std::string_view stem, std::span<const std::string_view> suffixes,
                                           file_name& result) {
    bool seen_direction = false;
    for (const std::string_view word : suffixes) {
        const auto engine = parse_engine(word);
        if (word == "up" || word == "down") {
            if (result.engine) return malformed(stem, "the direction stands before the engine");
            if (seen_direction) return malformed(stem, "a script has one direction");
            seen_direction = true;
            result.which = word == "up" ? direction::up : direction::down;
        } else if (engine) {
            if (result.engine) return malformed(stem, "a script is for one engine, or for all");
            result.engine = engine;
        } else if (word.empty()) {
            return malformed(stem, "there is a dot too many");
        } else {
            return malformed(stem, in_ticks("." + std::string(word)) +
                                       " means nothing: after the name can come `.up` or `.down`, then `.sqlite` or "
                                       "`.postgresql`");
        }
    }
    return std::nullopt;
}

/// The name of a script, but for the directions: both are in the file.
std::variant<file_name, bad_file_name> parse_cpp_name(std::string_view file) {
    const std::string_view stem = file.substr(0, file.size() - cpp_extension.size());
    auto parsed = parse_file_name(std::string(stem).append(extension));
    if (auto* const bad = std::get_if<bad_file_name>(&parsed)) {
        if (bad->hint.ends_with(extension)) bad->hint.replace(bad->hint.size() - 4, 4, cpp_extension);
        return parsed;
    }
    const std::vector<std::string_view> parts = cut_at_dots(stem);
    const auto names_direction = [](std::string_view word) { return word == "up" || word == "down"; };
    const auto suffix = std::ranges::find_if(parts, names_direction);
    if (suffix != parts.end()) {
        std::string better(parts.front());
        for (std::size_t i = 1; i < parts.size(); ++i) {
            if (!names_direction(parts[i])) better += "." + std::string(parts[i]);
        }
        return bad_file_name{.code = "M002",
                             .message = "a migration written in C++ has both directions in one file",
                             .hint = "rename it to " + better + ".cpp, and define `up` and `down` in it"};
    }
    std::get<file_name>(parsed).language = script_language::cpp;
    return parsed;
}

}  // namespace

std::variant<file_name, bad_file_name> parse_file_name(std::string_view file) {
    if (file.ends_with(cpp_extension) && leading_digits(file) > 0) return parse_cpp_name(file);
    if (!file.ends_with(extension)) return not_a_script(file);
    const std::string_view stem = file.substr(0, file.size() - extension.size());
    if (stem.starts_with("R_")) return reserved(file, "a repeatable script");
    if (auto bad = check_version(stem)) return *std::move(bad);

    const std::size_t digits = leading_digits(stem);
    const std::vector<std::string_view> parts = cut_at_dots(stem.substr(digits + 1));
    if (auto bad = check_name(stem, parts.front())) return *std::move(bad);

    file_name result{.version = *parse_version(stem.substr(0, digits)),
                     .version_text = std::string(stem.substr(0, digits)),
                     .name = std::string(parts.front()),
                     .which = direction::up,
                     .engine = std::nullopt};
    if (auto bad = read_suffixes(stem, std::span(parts).subspan(1), result)) return *std::move(bad);
    return result;
}

std::string down_file_name(std::string_view up_file) {
    const std::size_t dot = up_file.find('.');
    std::string_view suffixes = up_file.substr(dot);
    if (suffixes.starts_with(".up.")) suffixes.remove_prefix(3);
    return std::string(up_file.substr(0, dot)).append(".down").append(suffixes);
}

bool may_lie_in_directory(std::string_view name) {
    return name.starts_with('.') || name.ends_with(".lock") || name == "README.md";
}

bool is_migration_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name && first_bad_character(name) == std::string_view::npos;
}

bool is_history_name(std::string_view name) {
    const auto is_inner = [](char c) { return is_plain(c) || c == '.'; };
    return !name.empty() && name.size() <= longest_history_name && (is_letter(name.front()) || name.front() == '_') &&
           std::ranges::all_of(name, is_inner);
}

std::string_view engine_word(engine_kind engine) { return engine == engine_kind::sqlite ? "sqlite" : "postgresql"; }

std::optional<engine_kind> parse_engine(std::string_view word) {
    if (word == "sqlite") return engine_kind::sqlite;
    if (word == "postgresql") return engine_kind::postgresql;
    return std::nullopt;
}

}  // namespace varve::generator
