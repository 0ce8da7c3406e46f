#include <replay/schema_comparison.hpp>

#include <replay/lower_name.hpp>
#include <sql/token_reader.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace varve::generator {
namespace {

using token_texts = std::vector<std::string>;

std::string joined(const token_texts& tokens) {
    std::string text;
    for (const std::string& each : tokens) {
        const bool tight = each == "," || each == ")" || each == "." || text.ends_with('(') || text.ends_with('.');
        if (!text.empty() && !tight) text += ' ';
        text += each;
    }
    return text;
}

/// CREATE TABLE name (definition, definition) options
struct table_definition {
    token_texts head;
    std::vector<token_texts> columns;  ///< and constraints
    token_texts options;
};

table_definition take_apart(const token_texts& tokens) {
    table_definition result;
    std::size_t at = 0;
    while (at < tokens.size() && tokens[at] != "(") result.head.push_back(tokens[at++]);
    std::size_t depth = 0;
    for (; at < tokens.size(); ++at) {
        const std::string& each = tokens[at];
        if (each == "(" && depth++ == 0) {
            result.columns.emplace_back();
            continue;
        }
        if (each == ")" && depth > 0 && --depth == 0) {
            ++at;
            break;
        }
        if (each == "," && depth == 1) {
            result.columns.emplace_back();
        } else if (!result.columns.empty()) {
            result.columns.back().push_back(each);
        }
    }
    result.options.assign(tokens.begin() + static_cast<std::ptrdiff_t>(at), tokens.end());
    return result;
}

/// Those of the first that the second has not.
std::vector<std::string> missing(const std::vector<token_texts>& of, const std::vector<token_texts>& from) {
    std::vector<token_texts> left = from;
    std::vector<std::string> result;
    for (const token_texts& each : of) {
        const auto found = std::ranges::find(left, each);
        if (found == left.end()) {
            result.push_back(joined(each));
        } else {
            left.erase(found);
        }
    }
    return result;
}

schema_difference compare_tables(const std::string& title, const token_texts& before, const token_texts& after,
                                 const comparison_words& words) {
    const table_definition was = take_apart(before);
    const table_definition is = take_apart(after);
    const auto gone = missing(was.columns, is.columns);
    const auto extra = missing(is.columns, was.columns);
    std::string what;
    const auto add = [&](const std::string& part) { what += (what.empty() ? title + " " : ", ") + part; };
    for (const std::string& each : gone) add("lacks `" + each + "`");
    for (const std::string& each : extra) add("has `" + each + "`" + std::string(words.unexpected_part));
    if (was.options != is.options) {
        add("ends with `" + joined(is.options) + "`" + std::string(words.ended_before) + "`" + joined(was.options) +
            "`");
    }
    if (!what.empty()) return {.what = std::move(what)};
    if (was.head != is.head) return {.what = title + " is not made in the same way"};
    return {difference_kind::order_of_columns, title + " has its columns in another order"};
}

using object_key = std::pair<std::string, std::string>;

object_key key_of(const schema_object& object) { return {object.type, lower(object.name)}; }

std::string title_of(const schema_object& object) {
    std::string title = object.type + " `" + object.name + "`";
    if (object.type == "index" || object.type == "trigger") title += " on `" + object.table + "`";
    return title;
}

}  // namespace

token_texts plain_tokens(std::string_view sql) {
    const lexed script = lex(sql, engine_kind::sqlite);
    const token_reader reader(sql, script.tokens);
    token_texts result;
    result.reserve(reader.size());
    for (std::size_t i = 0; i < reader.size(); ++i) {
        const std::string_view text = reader.text(i);
        const bool literal = text.back() == '\'';
        result.push_back(literal ? std::string(text) : lower(reader.plain(i)));
    }
    return result;
}

std::vector<schema_difference> compare(const object_changes& changes, const comparison_words& words) {
    std::map<object_key, std::pair<const schema_object*, const schema_object*>> both;
    for (const schema_object& each : changes.before) both[key_of(each)].first = &each;
    for (const schema_object& each : changes.after) both[key_of(each)].second = &each;
    std::vector<schema_difference> result;
    for (const auto& [key, pair] : both) {
        const auto& [before, after] = pair;
        if (after == nullptr) {
            result.push_back({.what = title_of(*before) + std::string(words.gone)});
        } else if (before == nullptr) {
            result.push_back({.what = title_of(*after) + std::string(words.unexpected)});
        } else {
            const token_texts was = plain_tokens(before->sql);
            const token_texts is = plain_tokens(after->sql);
            if (was == is) continue;
            result.push_back(key.first == "table" ? compare_tables(title_of(*after), was, is, words)
                                                  : schema_difference{.what = title_of(*after) + " is another one"});
        }
    }
    return result;
}

}  // namespace varve::generator
