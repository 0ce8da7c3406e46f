#include <commands/new_file.hpp>
#include <commands/new_migration.hpp>
#include <source/directory.hpp>
#include <source/file_name.hpp>
#include <source/version.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <ostream>
#include <system_error>
#include <vector>

namespace varve::generator {
namespace {

namespace fs = std::filesystem;

struct utc_time {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::seconds> time;
};

utc_time utc(std::chrono::sys_seconds now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    return {std::chrono::year_month_day(day), std::chrono::hh_mm_ss(now - day)};
}

std::string date_text(std::chrono::sys_seconds now) {
    const auto date = utc(now).date;
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

// `20260107093000` as a number.
std::int64_t timestamp(std::chrono::sys_seconds now) {
    const auto [date, time] = utc(now);
    const std::int64_t day = static_cast<int>(date.year()) * 10'000LL + static_cast<unsigned>(date.month()) * 100LL +
                             static_cast<unsigned>(date.day());
    return day * 1'000'000 + time.hours().count() * 10'000 + time.minutes().count() * 100 + time.seconds().count();
}

std::string next_version(const new_request& request, const versions_in_use& used, std::chrono::sys_seconds now) {
    constexpr std::size_t timestamp_width = 14;
    const std::int64_t newest = used.versions.empty() ? 0 : used.versions.back();
    if (request.how == numbering::timestamp || looks_like_timestamp(newest)) {
        return free_version_after({timestamp(now) - 1, timestamp_width}, used.versions);
    }
    return free_version_after({newest, used.width}, used.versions);
}

// What is written for `{title}`, `{name}`, `{version}` and `{date}`.
using fillings = std::map<std::string, std::string, std::less<>>;

// Anything else in braces is left alone: it is SQL.
std::string filled(std::string_view text, const fillings& by) {
    std::string result;
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        result += text.substr(0, open);
        text.remove_prefix(open);
        const std::size_t close = text.find('}');
        if (text.empty() || close == std::string_view::npos) return result += text;
        const auto found = by.find(text.substr(1, close - 1));
        result += found == by.end() ? text.substr(0, 1) : std::string_view(found->second);
        text.remove_prefix(found == by.end() ? 1 : close + 1);
    }
    return result;
}

// Empty if it cannot be read.
std::optional<std::string> text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in || fs::is_directory(file)) return std::nullopt;
    if (!text.empty() && text.back() != '\n') text += '\n';
    return text;
}

std::vector<new_file> files_of(const new_request& request, const versions_in_use& used, std::chrono::sys_seconds now,
                               std::string_view body) {
    const std::string date = date_text(now);
    const std::string version = next_version(request, used, now);
    const std::string name = name_from_title(request.title);
    const std::string stem = version + "_" + name;
    const std::string created = "-- created " + date + "\n\n";
    // A template may go on with the head: with directives of its own.
    const std::string rest =
        body.empty()
            ? created
            : "-- created " + date + "\n" +
                  filled(body, {{"title", request.title}, {"name", name}, {"version", version}, {"date", date}});
    const std::string ending =
        (request.engine ? "." + std::string(engine_word(*request.engine)) : std::string()) + ".sql";
    std::vector<new_file> files{
        {request.directory / (stem + ending), "-- varve: description " + request.title + "\n" + rest}};
    if (request.scripts == scripts_wanted::up_and_down) {
        files.push_back(
            {request.directory / (stem + ".down" + ending), "-- undoes: " + request.title + "\n" + created});
    }
    return files;
}

// Why a title cannot be used, a sentence; empty if it can.
std::string why_not_a_title(std::string_view title) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (std::any_of(title.begin(), title.end(), is_control)) return "the title must be one line of text";
    const std::string name = name_from_title(title);
    if (name.empty()) return "the title needs at least one letter or digit: it names the files";
    if (!is_migration_name(name))
        return "no file can be named '" + name + "': use a shorter title, of letters and digits";
    return {};
}

exit_code fail(const console& terminal, std::string_view message, exit_code code) {
    terminal.err << "varve: error: " << message << '\n';
    return code;
}

}  // namespace

std::string name_from_title(std::string_view title) {
    std::string name;
    for (const char c : title) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (kept) {
            name += c;
        } else if (c >= 'A' && c <= 'Z') {
            name += static_cast<char>(c - 'A' + 'a');
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
    }
    while (name.ends_with('_')) name.pop_back();
    return name;
}

exit_code new_migration(const new_request& request, std::chrono::sys_seconds now, const console& terminal) {
    const std::string why = why_not_a_title(request.title);
    if (!why.empty()) return fail(terminal, why, exit_code::usage);
    std::error_code ignored;
    if (!fs::is_directory(request.directory, ignored)) {
        return fail(terminal,
                    "there is no directory " + shown_path(request.directory) +
                        "\n  hint: make it, or name the right one with --directory",
                    exit_code::unreadable);
    }
    std::error_code failure;
    const versions_in_use used = list_versions(request.directory, failure);
    if (failure) {
        return fail(terminal, "cannot list " + shown_path(request.directory) + ": " + failure.message(),
                    exit_code::unreadable);
    }
    std::string body;
    if (!request.up_template.empty()) {
        auto text = text_of(request.up_template);
        if (!text) {
            return fail(terminal, "cannot read the template " + shown_path(request.up_template), exit_code::unreadable);
        }
        body = *std::move(text);
    }
    const std::vector<new_file> files = files_of(request, used, now, body);
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string reason = create(files[i]);
        if (!reason.empty()) {
            for (std::size_t written = 0; written < i; ++written) fs::remove(files[written].path, ignored);
            return fail(terminal, "cannot make " + shown_path(files[i].path) + ": " + reason, exit_code::unreadable);
        }
    }
    for (const auto& each : files) terminal.out << shown_path(each.path) << '\n';
    return exit_code::success;
}

}  // namespace varve::generator
