#include <source/read_code.hpp>

#include <source/cpp_lexer.hpp>
#include <source/directive.hpp>
#include <source/source_checksum.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace varve::generator {
namespace {

/// What a function of the global namespace takes.
enum class taken : std::uint8_t { transaction, batches, something_else };

struct found_function {
    direction which = direction::up;
    taken what = taken::something_else;
    std::size_t offset = 0;
};

/// Finds `up` and `down` where they are defined in the global namespace.
class function_search {
public:
    function_search(std::string_view text, const std::vector<token>& tokens) : text_(text), tokens_(tokens) {}

    std::vector<found_function> run() {
        int depth = 0;
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            depth += is(at, "{") || is(at, "(") || is(at, "[") ? 1 : 0;
            depth -= is(at, "}") || is(at, ")") || is(at, "]") ? 1 : 0;
            if (depth == 0 && may_be_named(at)) take(at);
        }
        return std::move(result_);
    }

private:
    [[nodiscard]] std::string_view word(std::size_t at) const {
        return at < tokens_.size() ? text_of(text_, tokens_[at]) : std::string_view();
    }
    [[nodiscard]] bool is(std::size_t at, std::string_view what) const { return word(at) == what; }

    [[nodiscard]] bool may_be_named(std::size_t at) const {
        return (is(at, "up") || is(at, "down")) && is(at + 1, "(") && (at == 0 || !is(at - 1, "::"));
    }

    void take(std::size_t name) {
        std::size_t end = name + 2;
        taken what = taken::something_else;
        bool by_reference = false;
        for (int depth = 1; end < tokens_.size() && depth > 0; ++end) {
            depth += is(end, "(") ? 1 : 0;
            depth -= is(end, ")") ? 1 : 0;
            if (is(end, "transaction")) what = taken::transaction;
            if (is(end, "batches")) what = taken::batches;
            by_reference = by_reference || is(end, "&");
        }
        if (!by_reference) what = taken::something_else;
        // `noexcept`, `-> void`, a function's `try`: whatever stands between, a definition comes to its brace first.
        while (end < tokens_.size() && !is(end, "{") && !is(end, ";") && !is(end, "=") && !is(end, "}")) ++end;
        if (is(end, "{")) {
            result_.push_back({is(name, "up") ? direction::up : direction::down, what, tokens_[name].offset});
        }
    }

    std::string_view text_;
    const std::vector<token>& tokens_;
    std::vector<found_function> result_;
};

const found_function* find(const std::vector<found_function>& all, direction which) {
    const found_function* found = nullptr;
    for (const found_function& each : all) {
        if (each.which != which) continue;
        if (found == nullptr || found->what == taken::something_else) found = &each;
    }
    return found;
}

class code_reading {
public:
    code_reading(script_file file, diagnostics& found) : found_(found) {
        script_.file_name = std::move(file.file);
        script_.file = std::move(file.text);
        script_.tokens = lex_cpp(script_.file.text());
        script_.main_checksum = source_checksum(script_.file.text());
    }

    read_code_result run() {
        script_.directives = read_directives(script_.file, script_.tokens, direction::up, found_);
        refuse_directives();
        read_code_result result;
        const auto functions = function_search(script_.file.text(), script_.tokens.tokens).run();
        const found_function* up = find(functions, direction::up);
        const found_function* down = find(functions, direction::down);
        check_up(up);
        if (down != nullptr) check_down(*down);
        if (up != nullptr && up->what == taken::batches) result.code.up = code_source::up_form::batches;
        result.code.has_down = down != nullptr;
        if (down != nullptr) result.down = script_;
        result.up = std::move(script_);
        return result;
    }

private:
    void check_up(const found_function* up) {
        if (up != nullptr && up->what != taken::something_else) return;
        report("M060", up == nullptr ? script_.file.location_of(0) : script_.file.location_of(up->offset),
               up == nullptr ? "this migration in C++ defines no `up`"
                             : "`up` takes neither a varve::transaction& nor a varve::batches&",
               "define it in the file itself, outside of every namespace:\n"
               "void up(varve::transaction& in) { in.execute(\"...\"); }");
    }

    void check_down(const found_function& down) {
        if (down.what == taken::transaction) return;
        report("M060", script_.file.location_of(down.offset), "`down` does not take a varve::transaction&",
               "write: void down(varve::transaction& in)");
    }

    void refuse_directives() {
        directives& said = script_.directives;
        if (said.mode == transaction_mode::no_transaction) {
            report("M014", said.mode_at, "`no-transaction` says nothing in a migration written in C++",
                   "for many transactions write: void up(varve::batches& work)");
        }
        for (const allowed_finding& each : said.allowed) {
            report("M014", each.where, "`allow` says nothing in a migration written in C++", "delete it");
        }
        said.allowed.clear();
        said.mode.reset();
    }

    void report(std::string code, location where, std::string message, std::string hint) {
        found_.report({severity::error, std::move(code), std::move(where), std::move(message), std::move(hint), {}});
    }

    diagnostics& found_;
    script_source script_;
};

}  // namespace

read_code_result read_code(script_file file, diagnostics& found) { return code_reading(std::move(file), found).run(); }

}  // namespace varve::generator
