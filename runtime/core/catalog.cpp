#include <varve/catalog.hpp>
#include <varve/drift.hpp>

#include "text.hpp"

#include <algorithm>
#include <map>

namespace varve {
namespace {

constexpr std::size_t longest_excerpt = 120;
constexpr std::size_t shown_before_a_difference = 20;

using objects_by_name = std::map<std::string, const catalog_object*, std::less<>>;

std::string label_of(const catalog_object& object) { return core::joined({object.kind, " ", object.name}); }

objects_by_name by_name(const catalog& from) {
    objects_by_name result;
    for (const auto& each : from.objects) result.emplace(label_of(each), &each);
    return result;
}

const std::string* find_attribute(const catalog_object& of, std::string_view name) {
    for (const auto& each : of.attributes)
        if (each.name == name) return &each.value;
    return nullptr;
}

// What is only in one of the two, but for what came or went with its parent.
void add_lonely(std::vector<difference>& to, const objects_by_name& from, const objects_by_name& other,
                difference_kind what) {
    const auto is_lonely = [&](const std::string& name) { return from.contains(name) && !other.contains(name); };
    for (const auto& [name, object] : from)
        if (!other.contains(name) && !is_lonely(object->parent)) to.push_back({what, name, {}, {}, {}});
}

void add_changes(std::vector<difference>& to, const std::string& name, const catalog_object& before,
                 const catalog_object& after) {
    for (const auto& each : before.attributes) {
        const std::string* now = find_attribute(after, each.name);
        const std::string value = now != nullptr ? *now : std::string();
        if (value != each.value) to.push_back({difference_kind::changed, name, each.name, each.value, value});
    }
    for (const auto& each : after.attributes)
        if (find_attribute(before, each.name) == nullptr && !each.value.empty())
            to.push_back({difference_kind::changed, name, each.name, {}, each.value});
}

std::string on_one_line(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool is_space = c == '\n' || c == '\t' || c == '\r' || c == ' ';
        if (!is_space) result += c;
        if (is_space && !result.empty() && result.back() != ' ') result += ' ';
    }
    return result;
}

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// A part of a text around the place where it begins to differ, at whole characters.
std::string excerpt(std::string_view text, std::size_t differs_at) {
    if (text.size() <= longest_excerpt) return core::joined({"\"", text, "\""});
    std::size_t begin = differs_at > shown_before_a_difference ? differs_at - shown_before_a_difference : 0;
    while (begin > 0 && continues_a_character(text[begin])) --begin;
    std::size_t end = std::min(text.size(), begin + longest_excerpt);
    while (end < text.size() && continues_a_character(text[end])) ++end;
    return core::joined(
        {"\"", begin > 0 ? "..." : "", text.substr(begin, end - begin), end < text.size() ? "..." : "", "\""});
}

// `was "text" and is "integer"`, with the words that stand before each value.
std::string change_text(const difference& from, std::string_view verb_before, std::string_view verb_after) {
    const std::string before = on_one_line(from.before);
    const std::string after = on_one_line(from.after);
    const auto differs = std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first;
    const auto at = static_cast<std::size_t>(differs - before.begin());
    return core::joined({from.object, ": its ", from.attribute, verb_before,
                         before.empty() ? "empty" : excerpt(before, at), verb_after,
                         after.empty() ? "empty" : excerpt(after, at)});
}

}  // namespace

std::vector<difference> compare(const catalog& before, const catalog& after) {
    const objects_by_name old = by_name(before);
    const objects_by_name now = by_name(after);
    std::vector<difference> result;
    add_lonely(result, old, now, difference_kind::missing);
    add_lonely(result, now, old, difference_kind::unexpected);
    for (const auto& [name, object] : old)
        if (const auto same = now.find(name); same != now.end()) add_changes(result, name, *object, *same->second);
    std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.object < b.object; });
    return result;
}

std::string to_string(const difference& from) {
    if (from.what == difference_kind::missing) return core::joined({from.object, ": is gone"});
    if (from.what == difference_kind::unexpected) return core::joined({from.object, ": is left behind"});
    return change_text(from, " was ", " and is ");
}

std::string drift_text(const difference& from) {
    if (from.what == difference_kind::missing) return core::joined({from.object, ": is missing"});
    if (from.what == difference_kind::unexpected) return core::joined({from.object, ": is unexpected"});
    return change_text(from, " should be ", " and is ");
}

}  // namespace varve
