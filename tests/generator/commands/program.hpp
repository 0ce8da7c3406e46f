#pragma once

#include <commands/command_line.hpp>
#include <emit/output_file.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator::testing {

struct run_result {
    int exit_code = -1;
    std::string out;
    std::string err;
};

/// A test that runs `varve` in an empty directory of its own. The directory `migrations` is there.
class Program : public ::testing::Test {
protected:
    Program() {
        const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
        directory_ = std::filesystem::canonical(::testing::TempDir()) /
                     ("varve_" + std::string(test->test_suite_name()) + "_" + test->name());
        std::filesystem::remove_all(directory_);
        std::filesystem::create_directories(directory_ / "migrations");
    }
    ~Program() override { std::filesystem::remove_all(directory_); }

    [[nodiscard]] std::filesystem::path path(std::string_view name) const { return directory_ / name; }

    void write(std::string_view name, std::string_view text) const { write_always(path(name), text); }

    [[nodiscard]] std::string read(std::string_view name) const {
        std::ostringstream text;
        std::ifstream file(path(name), std::ios::binary);
        if (!file) return "(there is no file " + std::string(name) + ")";
        text << file.rdbuf();
        return text.str();
    }

    [[nodiscard]] bool exists(std::string_view name) const { return std::filesystem::exists(path(name)); }

    static run_result run(const std::vector<std::string>& words) {
        std::vector<const char*> argv{"varve"};
        for (const auto& each : words) argv.push_back(each.c_str());
        std::ostringstream out;
        std::ostringstream err;
        const int code = generator::run(static_cast<int>(argv.size()), argv.data(), out, err);
        return {code, out.str(), err.str()};
    }

    /// Arguments of the commands that read a history.
    [[nodiscard]] std::vector<std::string> source(std::string command, std::vector<std::string> more = {}) const {
        std::vector<std::string> words{std::move(command), "--directory", path("migrations").string(),
                                       "--engine",         "sqlite",      "--name",
                                       "shop_schema"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    /// `embed` into the directory `out`.
    [[nodiscard]] run_result embed(const std::vector<std::string>& more = {}) const {
        auto words = source("embed", {"--namespace", "company::shop", "--cpp", path("out/shop.cpp").string(),
                                      "--header", path("out/include/shop.hpp").string(), "--stamp",
                                      path("out/shop.stamp").string(), "--depfile", path("out/shop.d").string()});
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }

private:
    std::filesystem::path directory_;
};

}  // namespace varve::generator::testing
