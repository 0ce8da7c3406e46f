#include "proven_prefix.hpp"

#include "core/text.hpp"

#include <varve/ledger.hpp>

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace varve::scratch {
namespace {

using core::append;
using core::digits;

constexpr std::string_view format = "varve-proven 1\n";
constexpr std::string_view end_of_text = "end\n";  // a note that was cut has none
constexpr char end_of_field = '\x1f';
constexpr char end_of_line = '\x1e';

std::string number(std::size_t value) { return digits(static_cast<std::int64_t>(value)); }

void describe(std::string& to, const script& from) {
    if (!from.exists()) {
        to += " -";
        return;
    }
    append(to, {" ", from.file(), " ", to_string(from.checksum()),
                from.mode() == transaction_mode::transaction ? " t" : " n"});
    for (std::size_t index = 0; index < from.size(); ++index)
        append(to, {" ", digits(from[index].line), ":", digits(from[index].column)});
}

std::string description_of(const history& what, std::size_t count) {
    std::string result = core::joined({what.name, " ", number(count), "\n"});
    for (std::size_t index = 0; index < count; ++index) {
        const migration each = what[index];
        append(result, {digits(each.version()), each.released() ? " r" : " d", each.irreversible() ? "i" : "-"});
        describe(result, each.up());
        describe(result, each.down());
        result += '\n';
    }
    return result;
}

std::string beginning(const std::vector<const history*>& first, const history& ledger) {
    std::string result(format);
    result += description_of(ledger, ledger.size());
    for (const history* each : first) result += description_of(*each, each->size());
    return result;
}

std::string text_of(const finding& from) {
    const std::string line = digits(from.line);
    const std::string column = digits(from.column);
    const std::string_view level = from.level == finding::severity::error ? "error" : "warning";
    std::string text;
    for (const std::string_view field :
         std::initializer_list<std::string_view>{level, from.file, line, column, from.message, from.hint})
        text.append(field).push_back(end_of_field);
    for (const auto& each : from.details) text.append(each).push_back(end_of_field);
    return text + end_of_line;
}

// Up to a mark that follows it; nothing if there is none.
std::optional<std::string_view> take(std::string_view& text, char mark) {
    const std::size_t end = text.find(mark);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end + 1);
    return taken;
}

std::optional<std::size_t> number_in(std::string_view text) {
    std::size_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<finding> finding_in(std::string_view text) {
    std::vector<std::string> fields;
    while (const auto field = take(text, end_of_field)) fields.emplace_back(*field);
    constexpr std::size_t fields_before_details = 6;
    if (fields.size() < fields_before_details || !text.empty()) return std::nullopt;
    const auto line = number_in(fields[2]);
    const auto column = number_in(fields[3]);
    if (!line || !column) return std::nullopt;
    finding result;
    result.level = fields[0] == "error" ? finding::severity::error : finding::severity::warning;
    result.file = fields[1];
    result.line = static_cast<std::uint32_t>(*line);
    result.column = static_cast<std::uint32_t>(*column);
    result.message = fields[4];
    result.hint = fields[5];
    result.details.assign(fields.begin() + fields_before_details, fields.end());
    return result;
}

}  // namespace

std::string text_of(const std::vector<const history*>& first, const history& ledger, const history& what,
                    const proven_prefix& proven) {
    std::string text = core::joined({number(proven.count), "\n", beginning(first, ledger)});
    text += description_of(what, proven.count);
    for (const auto& each : proven.findings) text += text_of(each);
    return text.append(end_of_text);
}

std::optional<proven_prefix> prefix_in(std::string_view text, const std::vector<const history*>& first,
                                       const history& ledger, const history& what) {
    const auto line_of_count = take(text, '\n');
    const auto count = line_of_count ? number_in(*line_of_count) : std::nullopt;
    if (!count || *count > what.size()) return std::nullopt;
    const std::string expected = beginning(first, ledger) + description_of(what, *count);
    if (!text.starts_with(expected) || !text.ends_with(end_of_text)) return std::nullopt;
    text.remove_prefix(expected.size());
    text.remove_suffix(std::min(text.size(), end_of_text.size()));
    proven_prefix result{.count = *count};
    while (const auto line = take(text, end_of_line)) {
        auto known = finding_in(*line);
        if (!known) return std::nullopt;
        result.findings.push_back(std::move(*known));
    }
    return text.empty() ? std::optional(result) : std::nullopt;
}

}  // namespace varve::scratch
