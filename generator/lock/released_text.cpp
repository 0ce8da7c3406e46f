#include <lock/released_text.hpp>

#include <lock/kept_scripts.hpp>
#include <lock/program_output.hpp>
#include <source/source_checksum.hpp>
#include <source/text_file.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace varve::generator {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds time_for_git{3};
constexpr int most_questions_to_git = 5;
constexpr const char* most_commits = "--max-count=30";

/// git in the file's directory; without the user's words for paths meaning anything else.
std::vector<std::string> git_command(const fs::path& file, std::vector<std::string> words) {
    const fs::path directory = file.has_parent_path() ? file.parent_path() : fs::path(".");
    words.insert(words.begin(), {"git", "--literal-pathspecs", "-C", directory.string()});
    return words;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace

std::optional<std::string> released_texts::find(const fs::path& file, const checksum& locked) {
    if (auto kept = find_kept(locked)) return kept;
    return find_in_git(file, locked);
}

std::optional<std::string> released_texts::with_checksum(std::string_view bytes, const checksum& locked) const {
    const text_file file({}, bytes);
    if (locked.rule == source_rule) {
        return source_checksum(file.text()) == locked ? std::optional(std::string(file.text())) : std::nullopt;
    }
    const auto rule = std::ranges::find(rules_, locked.rule, &checksum_rule::number);
    if (rule == rules_.end()) return std::nullopt;
    const lexed found = lex(file.text(), dialect_);
    if (!found.errors.empty() || rule->of(file.text(), found.tokens, dialect_) != locked.value) return std::nullopt;
    return std::string(file.text());
}

std::optional<std::string> released_texts::find_kept(const checksum& locked) {
    if (!kept_) {
        std::string ignored;
        kept_ = kept_path_.empty() ? std::string() : read_bytes(kept_path_, ignored).value_or(std::string());
    }
    for (const std::string_view text : find_kept_scripts(*kept_, locked)) {
        if (auto found = with_checksum(text, locked)) return found;
    }
    return std::nullopt;
}

std::optional<std::string> released_texts::find_in_git(const fs::path& file, const checksum& locked) {
    if (asked_git_++ >= most_questions_to_git) return std::nullopt;
    if (!deadline_) deadline_ = std::chrono::steady_clock::now() + time_for_git;
    const std::string name = "./" + file.filename().string();
    const auto text_at = [&](const std::string& commit) -> std::optional<std::string> {
        const auto bytes = program_output(git_command(file, {"cat-file", "blob", commit + ":" + name}), *deadline_);
        return bytes ? with_checksum(*bytes, locked) : std::nullopt;
    };
    // Most edits are not committed yet.
    if (auto found = text_at("HEAD")) return found;
    const auto commits = program_output(git_command(file, {"rev-list", most_commits, "HEAD", "--", name}), *deadline_);
    if (!commits) return std::nullopt;
    for (const std::string& commit : lines_of(*commits)) {
        if (auto found = text_at(commit)) return found;
    }
    return std::nullopt;
}

}  // namespace varve::generator
