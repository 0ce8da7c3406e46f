#include <commands/command_line.hpp>
#include <emit/output_file.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace varve::generator {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

using file_contents = std::map<std::string, std::string>;

file_contents all_files(const fs::path& directory) {
    file_contents files;
    if (!fs::exists(directory)) return files;
    for (const auto& each : fs::directory_iterator(directory)) {
        files[each.path().filename().string()] = contents(each.path());
    }
    return files;
}

// A temporary directory to work in, with the migrations of a case: messages then name `migrations/0001_a.sql`.
class workplace {
public:
    explicit workplace(const fs::path& migrations)
        : before_(fs::current_path()), here_(fs::canonical(::testing::TempDir()) / "varve_golden") {
        fs::remove_all(here_);
        fs::create_directories(here_ / "migrations");
        if (fs::exists(migrations)) fs::copy(migrations, here_ / "migrations", fs::copy_options::recursive);
        fs::current_path(here_);
    }
    workplace(const workplace&) = delete;
    workplace& operator=(const workplace&) = delete;
    ~workplace() {
        fs::current_path(before_);
        fs::remove_all(here_);
    }

private:
    fs::path before_;
    fs::path here_;
};

// What a run says and writes, by the names of the golden files.
file_contents embed(const std::string& more_arguments) {
    std::istringstream line(
        "varve embed --directory migrations --cpp out/shop.cpp --header out/shop.hpp --stamp "
        "out/shop.stamp --depfile out/shop.d " +
        more_arguments);
    std::vector<std::string> words;
    for (std::string word; line >> word;) words.push_back(word);
    std::vector<const char*> argv;
    for (const auto& word : words) argv.push_back(word.c_str());
    std::ostringstream out;
    std::ostringstream err;
    const int code = run(static_cast<int>(argv.size()), argv.data(), out, err);
    file_contents result = all_files("out");
    result.erase("shop.stamp");
    result.erase("shop.kept");  // never decides anything: see released_text_test.cpp
    result["stdout"] = out.str();
    result["stderr"] = err.str();
    result["exit_code"] = std::to_string(code) + "\n";
    std::erase_if(result, [](const auto& file) { return file.second.empty(); });
    return result;
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, EmbedSaysAndWritesWhatIsExpected) {
    const fs::path directory = fs::path(VARVE_GOLDEN_DIRECTORY) / GetParam();
    const workplace here(directory / "in");
    const file_contents actual = embed(contents(directory / "arguments"));
    if (std::getenv("VARVE_UPDATE_GOLDEN") != nullptr) {
        fs::remove_all(directory / "expected");
        for (const auto& [name, text] : actual) write_always(directory / "expected" / name, text);
    }
    const file_contents expected = all_files(directory / "expected");
    for (const auto& [name, text] : expected) {
        ASSERT_TRUE(actual.contains(name)) << name;
        EXPECT_EQ(actual.at(name), text) << name;
    }
    EXPECT_EQ(actual.size(), expected.size());
}

std::vector<std::string> cases() {
    std::vector<std::string> names;
    for (const auto& each : fs::directory_iterator(VARVE_GOLDEN_DIRECTORY)) {
        if (fs::exists(each.path() / "arguments")) names.push_back(each.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string name_of(const ::testing::TestParamInfo<std::string>& info) { return info.param; }

INSTANTIATE_TEST_SUITE_P(Cases, Golden, ::testing::ValuesIn(cases()), name_of);

}  // namespace
}  // namespace varve::generator
