#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What a database contains, as values: read by an engine, compared here, printed object by object.
namespace varve {

/// One property of an object, in the database's own words: `type` is `character varying(20)`.
struct catalog_attribute {
    std::string name{};
    std::string value{};
    friend bool operator==(const catalog_attribute&, const catalog_attribute&) = default;
};

/// One thing in a database. Kind and name identify it: `index public.users_email`.
struct catalog_object {
    std::string kind{};
    std::string name{};
    std::string parent{};  ///< kind and name of what it goes away with; may be empty
    std::vector<catalog_attribute> attributes{};
    friend bool operator==(const catalog_object&, const catalog_object&) = default;
};

/// All objects of a database, or those that were asked for, in any order.
struct catalog {
    std::vector<catalog_object> objects{};
};

enum class difference_kind : std::uint8_t {
    missing,     ///< before, but not after
    unexpected,  ///< after, but not before
    changed      ///< an attribute of it
};

/// One difference between two catalogs. Texts of attributes are whole.
struct difference {
    difference_kind what = difference_kind::changed;
    std::string object{};     ///< `column public.users.email`
    std::string attribute{};  ///< of a changed object
    std::string before{};
    std::string after{};
    friend bool operator==(const difference&, const difference&) = default;
};

/// What is different, by object. What came or went with its parent is not named again. Pure.
[[nodiscard]] std::vector<difference> compare(const catalog& before, const catalog& after);

/// `column public.users.email: its type was "text" and is "integer"`, for a person; long texts are cut where they begin
/// to differ.
[[nodiscard]] std::string to_string(const difference&);

}  // namespace varve
