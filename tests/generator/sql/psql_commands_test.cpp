// Every command of PostgreSQL, in its documented forms (psql_commands.txt), is cut and parsed without a complaint.
#include <sql/postgresql_parser.hpp>
#include <sql/statement.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <support/postgresql_server.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace varve::generator {
namespace {

using command_forms = std::map<std::string, std::vector<std::string>>;

command_forms read_forms() {
    constexpr std::string_view title = "== ";
    command_forms forms;
    std::vector<std::string>* current = nullptr;
    std::ifstream file(VARVE_PSQL_COMMANDS);
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        if (line.starts_with(title)) {
            current = &forms[line.substr(title.size())];
        } else if (line.front() == ' ') {
            current->back() += '\n' + line;
        } else {
            current->push_back(line);
        }
    }
    return forms;
}

std::string output_of(const std::string& command) {
    std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string output;
    std::array<char, 4096> buffer{};
    while (pipe && std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe.get()) != nullptr) {
        output += buffer.data();
    }
    return output;
}

std::string trimmed(const std::string& text) {
    const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
    return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

/// The commands that psql's `\h` lists, in two columns. The second begins where it does in the first line.
std::set<std::string> listed_commands() {
    auto& server = testing::shared_postgresql_server();
    // Some systems keep it beside the server's programs, some on the PATH only.
    const std::filesystem::path beside = testing::postgresql_server::find_programs() / "psql";
    const std::string psql = std::filesystem::exists(beside) ? beside.string() : "psql";
    std::istringstream lines(output_of("'" + psql + "' -X -d '" + server.uri("postgres") + "' -c '\\h'"));
    std::set<std::string> commands;
    std::size_t second = std::string::npos;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("  ")) continue;
        if (second == std::string::npos) second = line.find_first_not_of(' ', line.find("  ", 2));
        commands.insert(trimmed(line.substr(0, second)));
        if (line.size() > second) commands.insert(trimmed(line.substr(second)));
    }
    commands.erase("");
    return commands;
}

TEST(PsqlCommands, EachThatPsqlListsHasItsForms) {
    std::set<std::string> written;
    for (const auto& [command, forms] : read_forms()) {
        if (!forms.empty()) written.insert(command);
    }
    const std::set<std::string> listed = listed_commands();
    ASSERT_GT(listed.size(), 150U);
    for (const std::string& each : listed) {
        EXPECT_TRUE(written.contains(each)) << each << " has no forms in psql_commands.txt";
    }
}

TEST(PsqlCommands, EachFormIsOneStatementThatParses) {
    for (const auto& [command, forms] : read_forms()) {
        const std::vector<parsed_statement> parsed = parse_postgresql(forms);
        for (std::size_t i = 0; i < forms.size(); ++i) {
            EXPECT_FALSE(parsed[i].failure) << forms[i] << "\n" << parsed[i].failure->message;
            EXPECT_FALSE(parsed[i].body) << forms[i] << "\n" << parsed[i].body->message;
            EXPECT_NE(parsed[i].tree, "") << forms[i];
        }
    }
}

TEST(PsqlCommands, TheFormsOfACommandInOneScriptAreCutWhereEachEnds) {
    for (const auto& [command, forms] : read_forms()) {
        std::string script;
        for (const std::string& each : forms) script += each + ";\n";
        const lexed found = lex(script, engine_kind::postgresql);
        EXPECT_THAT(found.errors, ::testing::IsEmpty()) << command;
        std::vector<std::string> cut_again;
        for (const sql_statement& each : cut(script, found.tokens, engine_kind::postgresql)) {
            const std::size_t begin = found.tokens[each.first_token].offset;
            const std::size_t end = found.tokens[each.first_token + each.token_count - 1].end();
            cut_again.push_back(script.substr(begin, end - begin));
        }
        EXPECT_EQ(cut_again, forms) << command;
    }
}

}  // namespace
}  // namespace varve::generator
