#include "postgresql_engine_test.hpp"

#include <pqxx/pqxx>

#include <sstream>

namespace varve::testing {

std::unique_ptr<postgresql_engine> postgresql_test::connect(postgresql_options how) const {
    return std::make_unique<postgresql_engine>(uri, std::move(how));
}

std::unique_ptr<postgresql_engine> postgresql_test::connect_as(const std::string& user) const {
    return std::make_unique<postgresql_engine>(server.uri(database, user));
}

std::string postgresql_test::ask(const std::string& sql) const {
    pqxx::connection asking(uri);
    std::string answer;
    const pqxx::result rows = pqxx::nontransaction(asking).exec(sql);
    for (const auto& row : rows) answer += (answer.empty() ? "" : ",") + std::string(row[0].c_str());
    return answer;
}

bool postgresql_test::has_table(const std::string& name) const {
    return !ask("SELECT 1 FROM pg_tables WHERE tablename = '" + name + "'").empty();
}

void postgresql_test::log_statements() const { ask("ALTER DATABASE " + database + " SET log_statement = 'all'"); }

std::vector<std::string> postgresql_test::logged_statements() const {
    constexpr std::string_view mark = "LOG:  statement: ";
    std::vector<std::string> statements;
    std::istringstream log(server.log_of(database));
    for (std::string line; std::getline(log, line);) {
        if (line.starts_with(mark)) statements.push_back(line.substr(mark.size()));
        if (line.starts_with('\t') && !statements.empty()) statements.back() += "\n" + line.substr(1);
    }
    return statements;
}

test_history shop(std::vector<std::vector<std::string>> ups) {
    std::vector<migration_text> migrations;
    for (auto& up : ups) {
        migration_text one;
        one.version = static_cast<std::int64_t>(migrations.size()) + 1;
        one.name = "step_" + std::to_string(one.version);
        one.up = std::move(up);
        migrations.push_back(std::move(one));
    }
    return test_history(migrations);
}

}  // namespace varve::testing
