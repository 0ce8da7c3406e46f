#include <varve/verify_program.hpp>

#include "core/text.hpp"

#include <varve/migrate.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace varve {
namespace {

constexpr int history_is_right = 0;
constexpr int history_is_wrong = 1;
constexpr int not_found_out = 2;
constexpr int wrong_usage = 64;

constexpr const char* usage =
    "usage: %s [--no-cache]\n"
    "Applies the migrations to a throw-away database and proves that each down script undoes its up script.\n"
    "  --no-cache  prove everything, also what an earlier run has proven; remember nothing\n";

// Waits for nothing: the line is the last thing to be printed.
void print_summary(const verify_task& task, const verify_report& report, std::chrono::milliseconds took) {
    const auto number = [](std::size_t count) { return core::digits(static_cast<std::int64_t>(count)); };
    std::string text =
        core::joined({task.what->name, ": ", number(report.migrations), " of ", number(task.what->size()),
                      " migrations applied, ", number(report.undone), " undone and applied again"});
    if (report.remembered > 0) core::append(text, {"; ", number(report.remembered), " were proven before"});
    std::printf("%s (%lld ms)\n", text.c_str(), static_cast<long long>(took.count()));
}

// Only if it is another one: what depends on the file is then not built again.
void write_if_different(const std::filesystem::path& file, const std::string& text) {
    std::ifstream before(file, std::ios::binary);
    if (before && std::string(std::istreambuf_iterator<char>(before), {}) == text) return;
    before.close();
    std::filesystem::path fresh = file;
    fresh += ".new";
    std::ofstream writing(fresh, std::ios::binary);
    writing << text;
    writing.close();
    if (!writing) throw std::runtime_error("cannot write " + fresh.string());
    std::filesystem::rename(fresh, file);
}

int prove_and_print(const verify_task& task, const std::function<verify_report(const verify_task&)>& prove) {
    const auto began = std::chrono::steady_clock::now();
    const verify_report report = prove(task);
    for (const auto& each : report.findings) std::fputs(to_string(each, task.directory).c_str(), stderr);
    const auto took = std::chrono::steady_clock::now() - began;
    print_summary(task, report, std::chrono::duration_cast<std::chrono::milliseconds>(took));
    return report.any_errors() ? history_is_wrong : history_is_right;
}

}  // namespace

int run_schema_program(const verify_task& task, std::span<char* const> arguments,
                       const std::function<std::unique_ptr<scratch_schema>()>& make_scratch) {
    const char* program = arguments.empty() ? "schema" : arguments[0];
    if (arguments.size() != 2 || std::string_view(arguments[1]).starts_with("-")) {
        std::fprintf(stderr, "usage: %s FILE\nWrites the schema that the migrations make to FILE.\n", program);
        return wrong_usage;
    }
    try {
        const auto scratch = make_scratch();
        migrate(scratch->database(), *task.what, {.program = "varve schema"});
        write_if_different(arguments[1], scratch->text());
        return history_is_right;
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "%s: %s\n", program, failed.what());
        return not_found_out;
    }
}

int run_verify_program(verify_task task, std::span<char* const> arguments,
                       const std::function<verify_report(const verify_task&)>& prove) {
    const char* program = arguments.empty() ? "verify" : arguments[0];
    for (const char* argument : arguments.subspan(arguments.empty() ? 0 : 1)) {
        if (std::string_view(argument) == "--no-cache") {
            task.cache.clear();
            continue;
        }
        const bool asks = std::string_view(argument) == "--help";
        std::fprintf(asks ? stdout : stderr, usage, program);
        return asks ? history_is_right : wrong_usage;
    }
    try {
        return prove_and_print(task, prove);
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "%s: %s\n", program, failed.what());
        return not_found_out;
    }
}

}  // namespace varve
