#include "scenario.hpp"

#include <varve/error.hpp>
#include <varve/problem.hpp>

#include <gmock/gmock.h>

#include <set>

namespace varve::testing {
namespace {

using ::testing::UnorderedElementsAreArray;

std::vector<scenario> all_scenarios() {
    std::vector<scenario> all = sqlite_scenarios();
    for (auto& each : postgresql_scenarios()) all.push_back(std::move(each));
    for (auto& each : sqlite_problems()) all.push_back(std::move(each));
    return all;
}

std::set<std::string> codes_in(part which) {
    std::set<std::string> codes;
    for (const auto& each : all_scenarios()) {
        if (each.where == which) codes.insert(each.code);
    }
    return codes;
}

// Every word of an enumeration whose `to_string` says "unknown" behind the last one.
template <typename Enumeration>
std::vector<std::string> words_of() {
    std::vector<std::string> words;
    for (int value = 0; to_string(static_cast<Enumeration>(value)) != "unknown"; ++value) {
        words.emplace_back(to_string(static_cast<Enumeration>(value)));
    }
    return words;
}

TEST(Runbook, BringsAboutEveryCode) {
    EXPECT_THAT(codes_in(part::errors), UnorderedElementsAreArray(words_of<error_code>()));
    EXPECT_THAT(codes_in(part::problems), UnorderedElementsAreArray(words_of<problem_kind>()));
}

class RunbookPage : public ::testing::TestWithParam<scenario> {};

TEST_P(RunbookPage, ShowsWhatIsPrinted) { expect_shown(GetParam().where, GetParam().code, GetParam().happens()); }

TEST_P(RunbookPage, SaysWhatToDo) {
    EXPECT_THAT(section_of(GetParam().where, GetParam().code), ::testing::HasSubstr("**Do**"));
}

INSTANTIATE_TEST_SUITE_P(Codes, RunbookPage, ::testing::ValuesIn(all_scenarios()), [](const auto& of) {
    return of.param.code + (of.param.where == part::problems ? "_problem" : "");
});

}  // namespace
}  // namespace varve::testing
