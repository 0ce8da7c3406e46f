#include "catalog_objects_in.hpp"

#include "catalog_text.hpp"

#include <string_view>
#include <vector>

namespace varve::postgresql {
namespace {

// A name and a value in turn.
std::vector<catalog_attribute> attributes_in(std::string_view text) {
    std::vector<catalog_attribute> result;
    while (!text.empty()) {
        const std::size_t end_of_name = text.find(between_attributes);
        if (end_of_name == std::string_view::npos) break;
        const std::size_t end = text.find(between_attributes, end_of_name + 1);
        const std::string_view value = text.substr(end_of_name + 1, end - end_of_name - 1);
        if (!value.empty()) result.push_back({std::string(text.substr(0, end_of_name)), std::string(value)});
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return result;
}

}  // namespace

catalog objects_in(const pqxx::result& rows) {
    catalog result;
    result.objects.reserve(static_cast<std::size_t>(rows.size()));
    for (const auto& row : rows)
        result.objects.push_back({row[0].c_str(), row[1].c_str(), row[2].c_str(),
                                  attributes_in({row[3].c_str(), static_cast<std::size_t>(row[3].size())})});
    return result;
}

}  // namespace varve::postgresql
