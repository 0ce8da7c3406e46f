#include <commands/new_migration.hpp>
#include <fuzz/promise.hpp>
#include <fuzz/targets.hpp>
#include <source/file_name.hpp>
#include <source/version.hpp>

#include <string>
#include <variant>

namespace varve::fuzz {
namespace {

namespace gen = varve::generator;

/// `.up` may be left away, so there are two names for an up script; a file in C++ never has a direction.
std::string written(const gen::file_name& parts, std::string_view up) {
    std::string name = parts.version_text + "_" + parts.name;
    const bool is_cpp = parts.language == gen::script_language::cpp;
    if (!is_cpp) name += parts.which == direction::down ? ".down" : up;
    if (parts.engine) name += "." + std::string(gen::engine_word(*parts.engine));
    return name + (is_cpp ? ".cpp" : ".sql");
}

void a_name_taken_apart_is_the_same_name(std::string_view file, const gen::file_name& parts) {
    promise(written(parts, "") == file || written(parts, ".up") == file, "the parts of a name are not the name");
    promise(gen::parse_version(parts.version_text) == parts.version, "a version is not what is written");
    promise(gen::is_migration_name(parts.name), "a name that is none");
    promise(parts.name.find('.') == std::string::npos, "a dot in a name");
}

void a_refusal_says_what_to_do(const gen::bad_file_name& bad) {
    promise(!bad.message.empty() && !bad.hint.empty(), "a refusal without a word");
    constexpr std::string_view lead = "rename it to ";
    if (!bad.hint.starts_with(lead) || bad.hint.find('<') != std::string::npos) return;
    const auto advised = gen::parse_file_name(std::string_view(bad.hint).substr(lead.size()));
    promise(std::holds_alternative<gen::file_name>(advised), "the name that is advised is refused");
}

}  // namespace

void file_name(std::string_view bytes) {
    const auto parsed = gen::parse_file_name(bytes);
    if (const auto* parts = std::get_if<gen::file_name>(&parsed)) {
        a_name_taken_apart_is_the_same_name(bytes, *parts);
    } else {
        a_refusal_says_what_to_do(std::get<gen::bad_file_name>(parsed));
    }
    // What `varve new` makes of the same text is a name that can be read.
    const std::string made = gen::name_from_title(bytes);
    if (!gen::is_migration_name(made)) return;
    promise(std::holds_alternative<gen::file_name>(gen::parse_file_name("0001_" + made + ".sql")),
            "a file of a new migration cannot be read");
}

}  // namespace varve::fuzz
