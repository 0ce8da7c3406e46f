#include "sources.hpp"

#include <emit/generated_unit.hpp>
#include <emit/output_file.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

// The generated unit is given to the compilers that are here, as a user's build would.
namespace varve::generator {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::history_of;
using testing::migration_of;
using ::testing::Not;
using testing::run_alone;
using testing::script_of;

struct run_result {
    int exit_code = -1;
    std::string output;
};

run_result run(const std::string& command) {
    run_result result;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return result;
    std::array<char, 65536> block;
    for (std::size_t size = 0; (size = fread(block.data(), 1, block.size(), pipe)) > 0;) {
        result.output.append(block.data(), size);
    }
    const int status = pclose(pipe);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

constexpr std::string_view warnings =
    " -std=c++20 -O1 -fPIE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wmissing-declarations -Werror ";

// Every statement, in order, each after its size: no byte of it is interpreted on the way.
constexpr std::string_view printing_program = R"(
#include "unit.hpp"
#include <cstdio>
static void print(const varve::script& script) {
    for (std::size_t i = 0; i < script.size(); ++i) {
        std::printf("%zu:", script[i].sql.size());
        std::fwrite(script[i].sql.data(), 1, script[i].sql.size(), stdout);
    }
}
int main() {
    for (std::size_t i = 0; i < company::shop::history.size(); ++i) {
        print(company::shop::history[i].up());
        print(company::shop::history[i].down());
    }
    if (const auto master = company::shop::history.master()) print(master->up());
}
)";

void append_sized(std::string& out, const script_source& script) {
    for (const auto& each : script.script.statements) {
        out += std::to_string(each.size) + ":";
        out += script.file.text().substr(each.offset, each.size);
    }
}

std::string expected_output(const history_source& from) {
    std::string out;
    for (const auto& each : from.migrations) {
        append_sized(out, each.up);
        if (each.down) append_sized(out, *each.down);
    }
    if (from.master) append_sized(out, from.master->up);
    return out;
}

// The parameter is a compiler and the warnings that only it knows.
class CompiledUnit : public ::testing::TestWithParam<std::string> {
protected:
    CompiledUnit() {
        std::string pattern = (fs::path(::testing::TempDir()) / "varve_unit_XXXXXX").string();
        directory_ = mkdtemp(pattern.data());
    }
    ~CompiledUnit() override { fs::remove_all(directory_); }

    void write(const history_source& from) {
        diagnostics found;
        const unit_tables tables = make_tables(from, found);
        const generated_unit unit = make_unit(from, tables, "company::shop");
        ASSERT_FALSE(found.any_errors());
        write_always(path("unit.hpp"), unit.header);
        write_always(path("unit.cpp"), unit.source);
        write_always(path("main.cpp"), printing_program);
    }

    [[nodiscard]] run_result compile(const std::string& arguments) const {
        return compile_here("-I'" VARVE_RUNTIME_INCLUDE "' " + arguments);
    }

    /// With the headers that lie beside the unit.
    [[nodiscard]] run_result compile_here(const std::string& arguments) const {
        return run("cd '" + directory_.string() + "' && " + GetParam() + std::string(warnings) + "-I. " + arguments);
    }

    void expect_every_byte(const history_source& from) {
        write(from);
        const run_result compiled = compile("unit.cpp main.cpp -pie -o program");
        ASSERT_EQ(compiled.exit_code, 0) << compiled.output;
        EXPECT_EQ(compiled.output, "");
        const run_result printed = run("'" + path("program").string() + "'");
        EXPECT_EQ(printed.exit_code, 0);
        EXPECT_EQ(printed.output, expected_output(from));
    }

    [[nodiscard]] fs::path path(const char* name) const { return directory_ / name; }

private:
    fs::path directory_;
};

history_source hostile_history() {
    std::string every_byte;
    for (int byte = 1; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    every_byte.erase(every_byte.find('\r'), 1);  // a text_file has no CR before an LF
    history_source from = history_of({
        migration_of(1, "quotes",
                     {"SELECT '\"', '\\', '\"\\\"', '\\n', '?\?/', '?\?=', ')\"', ')varve\"', 'R\"(x)\"'"}),
        migration_of(2, "utf_8",
                     {"SELECT 'gr\xC3\xBC\xC3\x9F' || '\xF0\x9F\x90\x98' || '\xC3\xA9"
                      "1'"}),
        migration_of(3, "long_lines",
                     {"-- " + std::string(16'384, 'x'), std::string(16'383, '\xC3') + "\n1",
                      std::string(70'000, '\\') + "\n" + std::string(70'000, 'y')}),
        migration_of(4, "every_byte", {every_byte, every_byte + every_byte}),
        migration_of(5, "many_lines", {"SELECT\n\n\n\t1,\n'a\rb'", "//", "/* */", "#include <x>", "\f\v"}),
        migration_of(6, "nothing", {}),
    });
    from.migrations[1].down = script_of("2_utf_8.down.sql", {"SELECT '\"down\"'", "SELECT 2"});
    from.migrations[2].down = script_of("3_long_lines.down.sql", {});
    return from;
}

TEST_P(CompiledUnit, HoldsEveryByteOfEveryStatement) { expect_every_byte(hostile_history()); }

TEST_P(CompiledUnit, OfAnEmptyHistoryIsValid) { expect_every_byte(history_of({})); }

TEST_P(CompiledUnit, OfAMigrationWithoutStatementsIsValid) {
    expect_every_byte(history_of({migration_of(1, "a", {})}));
}

TEST_P(CompiledUnit, MayUseEveryTable) {
    history_source from = history_of({migration_of(1, "a", {"CREATE TABLE ${schema}.t"}),
                                      migration_of(2, "b", {"CREATE INDEX CONCURRENTLY \"a\"\"\\?\" ON t (a)"})});
    from.engine = engine_kind::postgresql;
    from.migrations[0].up.script.statements[0].variables = {{13, 9, "schema"}};
    from.migrations[0].released = true;
    from.migrations[1].depends = {{"", 1, {}}, {"auth", 9'223'372'036'854'775'807, {}}};
    run_alone(from.migrations[1].up, from.engine);
    from.migrations[1].up.script.foreign_keys = foreign_keys_setting::off;
    from.migrations[1].up.other_checksums = {{2, {{1, 2, 3, 4}}}};
    from.migrations[1].up.directives.limits.lock_timeout = 10'000;
    from.master = migration_of(0, "schema", {"CREATE TABLE t", "CREATE INDEX i ON t (a)"});
    expect_every_byte(from);
}

TEST_P(CompiledUnit, MayHaveAMasterFileAlone) {
    history_source from = history_of({});
    from.master = migration_of(0, "schema", {"CREATE TABLE t"});
    expect_every_byte(from);
}

// What the files of migrations written in C++ come to.
constexpr std::string_view functions_of_code = R"(
#include <varve/history.hpp>
namespace company::shop::inline contract_1 {
void up_of_2(varve::transaction&);
void down_of_2(varve::transaction&);
void up_of_4(varve::batches&);
void up_of_2(varve::transaction&) {}
void down_of_2(varve::transaction&) {}
void up_of_4(varve::batches&) {}
}
)";

constexpr std::string_view program_that_reads_code = R"(
#include "unit.hpp"
#include <cstdio>
int main() {
    for (std::size_t i = 0; i < company::shop::history.size(); ++i) {
        const varve::coded_migration* code = company::shop::history[i].code();
        std::putchar(code == nullptr ? '-' : code->up != nullptr ? 'u' : code->up_in_batches != nullptr ? 'b' : '?');
        std::putchar(code != nullptr && code->down != nullptr ? 'd' : '-');
    }
}
)";

history_source history_with_code() {
    history_source from = history_of({migration_of(1, "a", {"A"}), migration_of(2, "code", {}),
                                      migration_of(3, "c", {"C"}), migration_of(4, "batches", {})});
    from.migrations[1].code = code_source{.has_down = true};
    from.migrations[3].code = code_source{.up = code_source::up_form::batches};
    return from;
}

TEST_P(CompiledUnit, ReachesTheFunctionsOfMigrationsWrittenInCpp) {
    write(history_with_code());
    write_always(path("code.cpp"), functions_of_code);
    write_always(path("main.cpp"), program_that_reads_code);
    const run_result compiled = compile("unit.cpp code.cpp main.cpp -pie -o program");
    ASSERT_EQ(compiled.exit_code, 0) << compiled.output;
    EXPECT_EQ(compiled.output, "");
    EXPECT_EQ(run("'" + path("program").string() + "'").output, "--ud--b-");
}

TEST_P(CompiledUnit, IsConstantDataWithoutCode) {
    history_source from = hostile_history();
    from.migrations.back().code = code_source{.has_down = true};
    write(from);
    ASSERT_EQ(compile("-c unit.cpp -o unit.o").exit_code, 0);
    const std::string sections = run("objdump -h '" + path("unit.o").string() + "'").output;
    EXPECT_THAT(sections, HasSubstr(".rodata"));
    EXPECT_THAT(sections, Not(HasSubstr(".init_array")));
    EXPECT_THAT(sections, Not(HasSubstr(".ctors")));
    const std::string symbols = run("nm -C '" + path("unit.o").string() + "'").output;
    EXPECT_THAT(symbols, HasSubstr("company::shop::contract_1::history"));
    EXPECT_THAT(symbols, Not(HasSubstr(" T ")));
    EXPECT_THAT(symbols, Not(HasSubstr(" t ")));
    EXPECT_THAT(symbols, Not(HasSubstr(" b ")));
}

std::string replaced(std::string text, std::string_view old, std::string_view by) {
    for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + by.size())) {
        text.replace(at, old.size(), by);
    }
    return text;
}

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The same text, of a varve whose contract has the number 2.
std::string of_contract_2(const std::string& text) {
    return replaced(replaced(replaced(text, "contract_1", "contract_2"), "contract_number = 1", "contract_number = 2"),
                    "contract_number == 1", "contract_number == 2");
}

TEST_P(CompiledUnit, DoesNotCompileWithHeadersOfAnotherContract) {
    write(history_of({migration_of(1, "a", {"A"})}));
    write_always(path("varve/history.hpp"), of_contract_2(text_of(VARVE_RUNTIME_INCLUDE "/varve/history.hpp")));
    for (const char* file : {"unit.cpp", "main.cpp"}) {
        const run_result refused = compile_here(std::string("-c -o unit.o ") + file);
        EXPECT_NE(refused.exit_code, 0);
        EXPECT_THAT(refused.output, HasSubstr("of different versions: use both from the same installation"));
    }
}

TEST_P(CompiledUnit, DoesNotLinkWithAProgramOfAnotherContract) {
    write(history_of({migration_of(1, "a", {"A"})}));
    ASSERT_EQ(compile("-c main.cpp -o main.o").exit_code, 0);
    write_always(path("varve/history.hpp"), of_contract_2(text_of(VARVE_RUNTIME_INCLUDE "/varve/history.hpp")));
    write_always(path("unit.cpp"), of_contract_2(text_of(path("unit.cpp"))));
    const run_result compiled = compile_here("-c unit.cpp -o unit.o");
    ASSERT_EQ(compiled.exit_code, 0) << compiled.output;
    EXPECT_THAT(run("nm -C '" + path("unit.o").string() + "'").output, HasSubstr("contract_2::history"));

    const run_result refused = compile_here("main.o unit.o -pie -o program");
    EXPECT_NE(refused.exit_code, 0);
    EXPECT_THAT(refused.output, HasSubstr("company::shop::contract_1::history"));
}

TEST_P(CompiledUnit, HasOneAddressForEachMigrationToRelocate) {
    std::vector<migration_source> migrations;
    for (int version = 1; version <= 100; ++version) migrations.push_back(migration_of(version, "m", {"A", "B", "C"}));
    write(history_of(std::move(migrations)));
    ASSERT_EQ(compile("-c unit.cpp -o unit.o").exit_code, 0);
    const std::string relocations = run("readelf -rW '" + path("unit.o").string() + "' | grep -c R_").output;
    constexpr int of_the_history_itself = 10;
    EXPECT_LE(std::stoi(relocations), 100 + of_the_history_itself);
}

std::vector<std::string> compilers() {
    std::vector<std::string> found;
    for (const char* each : {"g++", "clang++ -Wmissing-variable-declarations"}) {
        if (run(std::string(each) + " --version").exit_code == 0) found.emplace_back(each);
    }
    if (found.empty()) found.emplace_back(VARVE_CXX_COMPILER);
    return found;
}

std::string name_of(const ::testing::TestParamInfo<std::string>& info) {
    return info.param.starts_with("clang") ? "Clang" : "Gcc";
}

INSTANTIATE_TEST_SUITE_P(Compilers, CompiledUnit, ::testing::ValuesIn(compilers()), name_of);

}  // namespace
}  // namespace varve::generator
