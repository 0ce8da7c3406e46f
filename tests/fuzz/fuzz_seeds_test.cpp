#include "promise.hpp"
#include "targets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace varve::fuzz {
namespace {

namespace fs = std::filesystem;

struct target {
    const char* name;
    void (*run)(std::string_view);
};

constexpr std::array targets{target{"lexer", lexer},         target{"splitter", splitter},
                             target{"checksum", checksum},   target{"file_name", file_name},
                             target{"lock_file", lock_file}, target{"directive", directive}};

struct seed {
    target of;
    fs::path file;
};

void PrintTo(const seed& shown, std::ostream* out) { *out << shown.file.string(); }

std::vector<seed> all_seeds() {
    std::vector<seed> seeds;
    for (const target& of : targets) {
        for (const auto& entry : fs::directory_iterator(fs::path(VARVE_FUZZ_DIRECTORY) / of.name / "seeds")) {
            seeds.push_back({of, entry.path()});
        }
    }
    std::sort(seeds.begin(), seeds.end(), [](const seed& a, const seed& b) { return a.file < b.file; });
    return seeds;
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class Seed : public ::testing::TestWithParam<seed> {};

TEST_P(Seed, BreaksNoPromise) { EXPECT_NO_THROW(GetParam().of.run(bytes_of(GetParam().file))); }

/// Cut anywhere, and with any one byte gone: what an editor leaves half written.
TEST_P(Seed, BreaksNoPromiseWhenItIsCut) {
    const std::string bytes = bytes_of(GetParam().file);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        ASSERT_NO_THROW(GetParam().of.run(bytes.substr(0, i))) << "its first " << i << " bytes";
        ASSERT_NO_THROW(GetParam().of.run(bytes.substr(i))) << "its bytes from " << i;
        ASSERT_NO_THROW(GetParam().of.run(std::string(bytes).erase(i, 1))) << "without byte " << i;
    }
}

std::string name_of(const ::testing::TestParamInfo<seed>& info) {
    std::string name = std::string(info.param.of.name) + "_" + info.param.file.stem().string();
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Seed, ::testing::ValuesIn(all_seeds()), name_of);

TEST(Fuzz, EachTargetHasSeeds) {
    for (const target& of : targets) {
        const fs::path seeds = fs::path(VARVE_FUZZ_DIRECTORY) / of.name / "seeds";
        EXPECT_GE(std::distance(fs::directory_iterator(seeds), fs::directory_iterator()), 5) << of.name;
    }
}

}  // namespace
}  // namespace varve::fuzz
