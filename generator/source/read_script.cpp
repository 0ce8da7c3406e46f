#include <source/read_script.hpp>

#include <source/directive.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace varve::generator {

namespace {

void hash(script_source& read, const script_rules& rules) {
    const std::uint8_t main_rule = rules.released_rule.value_or(rules.checksums.back().number);
    for (const checksum_rule& rule : rules.checksums) {
        const checksum sum{.rule = rule.number, .value = rule.of(read.file.text(), read.tokens.tokens, rules.engine)};
        if (rule.number == main_rule) {
            read.main_checksum = sum;
        } else {
            read.other_checksums.push_back(sum);
        }
    }
}

transaction_mode mode_of(const script_source& read, const script_rules& rules) {
    if (rules.released_mode) return *rules.released_mode;
    if (read.directives.mode) return *read.directives.mode;
    return read.script.needs_no_transaction ? transaction_mode::no_transaction : transaction_mode::transaction;
}

classify_terms terms_of(const directives& said, const script_rules& rules) {
    classify_terms terms{.dialect = rules.engine,
                         .asked = rules.released_mode ? rules.released_mode : said.mode,
                         .standing = rules.standing,
                         .grammar = rules.grammar};
    for (const allowed_finding& each : said.allowed) {
        accepted_code& accepted = terms.accepted.emplace_back();
        accepted.code = each.code;
        if (each.scope == allow_scope::statement) accepted.offset = each.offset;
    }
    return terms;
}

// What everything but the checksum and the comparison with the lock file sees is what will run.
void fill_in_variables(script_source& read, const script_rules& rules) {
    if (rules.variables == nullptr || rules.variables->empty() || !read.tokens.errors.empty()) return;
    filled_text filled = fill_in(read.file.text(), read.tokens, *rules.variables);
    if (filled.used.empty()) return;
    read.variables = std::move(filled.used);
    text_file with_values(read.file.path(), filled.text);
    read.written = std::move(read.file);
    read.file = std::move(with_values);
    read.tokens = lex(read.file.text(), rules.engine);
}

}  // namespace

script_source read_script(script_file file, const script_rules& rules, known_objects& known, diagnostics& found) {
    script_source read;
    read.file_name = std::move(file.file);
    read.file = std::move(file.text);
    read.tokens = lex(read.file.text(), rules.engine);
    hash(read, rules);
    fill_in_variables(read, rules);
    read.directives = read_directives(read.file, read.tokens, file.parts.which, found);
    read.script = classify(read.file, read.tokens, terms_of(read.directives, rules), known, found);
    for (std::size_t i = 0; i < read.directives.allowed.size(); ++i) {
        read.directives.allowed[i].used = read.script.accepted[i].used;
    }
    read.mode = mode_of(read, rules);
    return read;
}

std::optional<checksum> checksum_under(const script_source& read, std::uint8_t rule) {
    if (read.main_checksum.rule == rule) return read.main_checksum;
    const auto other = std::ranges::find(read.other_checksums, rule, &checksum::rule);
    if (other == read.other_checksums.end()) return std::nullopt;
    return *other;
}

}  // namespace varve::generator
