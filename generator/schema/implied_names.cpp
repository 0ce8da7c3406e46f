#include <schema/implied_names.hpp>

#include <algorithm>

namespace varve::generator {

std::string_view cut_to(std::string_view text, std::size_t size) {
    if (text.size() <= size) return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    return text.substr(0, size);
}

std::string implied_name(std::string_view table, std::string_view columns, std::string_view label) {
    const std::size_t fixed = (columns.empty() ? 0 : 1) + label.size() + 1;
    std::size_t of_table = table.size();
    std::size_t of_columns = columns.size();
    while (of_table + of_columns + fixed > longest_name) {
        if (of_table > of_columns) {
            --of_table;
        } else {
            --of_columns;
        }
    }
    std::string name(cut_to(table, of_table));
    if (!columns.empty()) name.append("_").append(cut_to(columns, of_columns));
    return name.append("_").append(label);
}

std::string joined_columns(const std::vector<std::string>& columns) {
    std::vector<std::string> different;
    std::string joined;
    for (const std::string& column : columns) {
        std::string name = column;
        for (int number = 1; std::find(different.begin(), different.end(), name) != different.end(); ++number) {
            const std::string digits = std::to_string(number);
            name = std::string(cut_to(column, longest_name - digits.size())) + digits;
        }
        joined.append(joined.empty() ? "" : "_").append(name);
        different.push_back(std::move(name));
        if (joined.size() > longest_name) break;
    }
    return joined;
}

std::string_view label_of(constraint_kind kind) {
    switch (kind) {
        case constraint_kind::primary_key:
            return "pkey";
        case constraint_kind::unique:
            return "key";
        case constraint_kind::check:
            return "check";
        case constraint_kind::foreign_key:
            return "fkey";
        case constraint_kind::exclusion:
            return "excl";
        case constraint_kind::not_null:
            return "not_null";
    }
    return "check";
}

std::string columns_in_name(const constraint_definition& constraint) {
    if (constraint.kind == constraint_kind::primary_key) return {};
    // A check over two columns is named after neither.
    if (constraint.kind == constraint_kind::check && constraint.columns.size() != 1) return {};
    std::vector<std::string> columns = constraint.columns;
    for (std::string& column : columns) {
        if (column.empty()) column = "expr";
    }
    return joined_columns(columns);
}

}  // namespace varve::generator
