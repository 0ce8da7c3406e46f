#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace varve::cli {

class json_array;

/// A JSON object under construction; always whole, so that nothing has to be closed. Keys are added once, in the order
/// of the calls. Bytes that are not UTF-8 become U+FFFD: the text is always valid JSON.
class json_object {
public:
    json_object& text(std::string_view key, std::string_view value);
    /// An empty value becomes `null`.
    json_object& text_or_null(std::string_view key, std::string_view value);
    json_object& number(std::string_view key, std::int64_t value);
    json_object& flag(std::string_view key, bool value);
    json_object& null(std::string_view key);
    json_object& object(std::string_view key, const json_object& value);
    json_object& array(std::string_view key, const json_array& value);
    [[nodiscard]] std::string ended() const;
    /// The same with a line break.
    [[nodiscard]] std::string line() const;

private:
    void add_key(std::string_view key);
    std::string members_;
};

class json_array {
public:
    void add(const json_object& element);
    void add(std::string_view element);
    [[nodiscard]] std::string ended() const;

private:
    void add_raw(std::string_view element);
    std::string elements_;
};

}  // namespace varve::cli
