#pragma once

#include "kills.hpp"
#include "postgresql_engine_test.hpp"

#include <pqxx/pqxx>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace varve::testing {

/// A PostgreSQL database, looked at by a session of its own.
class killed_postgresql final : public killed_database {
public:
    explicit killed_postgresql(std::string uri) : uri_(std::move(uri)), asking_(uri_) {}
    [[nodiscard]] engine_kind kind() const override { return engine_kind::postgresql; }
    [[nodiscard]] std::unique_ptr<engine> connect() override { return std::make_unique<postgresql_engine>(uri_); }
    void clear() override {
        execute("SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }
    // The server finishes the statement of a dead client, or notices that it is dead.
    void settle() override {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (column("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = "
                      "'client backend' AND pid <> pg_backend_pid()")
                   .front() != "0") {
            if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("a killed session does not end");
            std::this_thread::yield();
        }
    }
    void execute(const std::string& sql) override { pqxx::nontransaction(asking_).exec(sql); }
    [[nodiscard]] std::vector<std::string> effects() override {
        auto all = column("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        if (std::find(all.begin(), all.end(), "log") == all.end()) return all;
        for (auto& each : column("SELECT n FROM log")) all.push_back(std::move(each));
        return all;
    }

private:
    std::vector<std::string> column(const std::string& question) {
        std::vector<std::string> values;
        const pqxx::result rows = pqxx::nontransaction(asking_).exec(question);
        for (const auto& row : rows) values.emplace_back(row[0].c_str());
        return values;
    }

    std::string uri_;
    pqxx::connection asking_;
};

}  // namespace varve::testing
