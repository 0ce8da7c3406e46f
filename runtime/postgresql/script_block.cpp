#include "script_block.hpp"

#include "filled_text.hpp"

#include <algorithm>

namespace varve::postgresql {

std::string text_of(const statement& which, const ledger_names& names) {
    const auto start = static_cast<std::size_t>(which.sql.data() - which.text.data());
    std::string text;
    std::size_t copied = 0;
    for (const placeholder& each : which.placeholders) {
        const std::size_t offset = each.offset - start;
        text += which.sql.substr(copied, offset - copied);
        text += names.schema;
        copied = offset + each.size;
    }
    return text += which.sql.substr(copied);
}

std::string dollar_quoted(std::string_view text) {
    std::string tag = "$varve";
    for (unsigned number = 0; text.find(tag) != std::string_view::npos; ++number)
        tag = core::joined({"$varve", number});
    tag += "$";
    return core::joined({tag, text, tag});
}

void script_block::add(statement_position position, std::string_view sql, std::string_view before) {
    statements_.push_back(position);
    placed_.push_back(next_line_);
    const std::string first = before.empty() ? "" : core::joined({"PERFORM ", before, "; "});
    add_lines(filled("{}EXECUTE {};\n", {first, dollar_quoted(sql)}));
}

void script_block::add_clock(std::size_t number) {
    add_lines(filled(
        "PERFORM pg_catalog.set_config('varve.clock_{}', EXTRACT(epoch FROM pg_catalog.clock_timestamp())::text, "
        "true);\n",
        {number}));
}

void script_block::add_setting(std::string_view name, std::int64_t value) {
    const std::string call = filled("pg_catalog.set_config('{}', '{}', true);\n", {name, value});
    if (form_ == form::together) return add_lines(core::joined({"PERFORM ", call}));
    core::append(text_, {"SELECT ", call});
}

void script_block::add_lines(const std::string& text) {
    if (form_ == form::together) {
        text_ += text;
    } else {
        const std::string above(next_line_ - first_line, '\n');
        text_ += filled("DO {};\n", {dollar_quoted(core::joined({"BEGIN\n", above, text, "END"}))});
    }
    next_line_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string script_block::text() const {
    if (form_ == form::each_alone) return text_;
    return filled("DO {};\n", {dollar_quoted(core::joined({"BEGIN\n", text_, "END"}))});
}

std::size_t script_block::index_at(std::size_t line) const {
    const auto after = std::upper_bound(placed_.begin(), placed_.end(), line);
    return after == placed_.begin() ? 0 : static_cast<std::size_t>(after - placed_.begin()) - 1;
}

std::string clock_setting(std::size_t number) {
    return filled("pg_catalog.current_setting('varve.clock_{}', true)::numeric", {number});
}

}  // namespace varve::postgresql
