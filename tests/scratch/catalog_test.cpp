#include <varve/catalog.hpp>
#include <varve/verify.hpp>

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace varve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts(const catalog& before, const catalog& after) {
    std::vector<std::string> result;
    for (const auto& each : compare(before, after)) result.push_back(to_string(each));
    return result;
}

const catalog_object users{.kind = "table", .name = "public.users"};
const catalog_object email{
    .kind = "column", .name = "public.users.email", .parent = "table public.users", .attributes = {{"type", "text"}}};

TEST(Catalog, IsTheSameInAnyOrder) { EXPECT_THAT(texts({{users, email}}, {{email, users}}), IsEmpty()); }

TEST(Catalog, NamesWhatIsGoneAndWhatIsLeftBehind) {
    EXPECT_THAT(texts({{users, email}}, {{users}}), ElementsAre("column public.users.email: is gone"));
    EXPECT_THAT(texts({{users}}, {{users, email}}), ElementsAre("column public.users.email: is left behind"));
}

TEST(Catalog, DoesNotNameWhatWentWithItsParent) {
    EXPECT_THAT(texts({{users, email}}, {}), ElementsAre("table public.users: is gone"));
}

TEST(Catalog, SaysWhatAnAttributeWasAndIs) {
    catalog_object other = email;
    other.attributes = {{"type", "integer"}, {"NOT NULL", "true"}};
    EXPECT_THAT(texts({{email}}, {{other}}),
                ElementsAre("column public.users.email: its type was \"text\" and is \"integer\"",
                            "column public.users.email: its NOT NULL was empty and is \"true\""));
}

TEST(Catalog, CutsLongTextsWhereTheyBeginToDiffer) {
    catalog_object before{.kind = "function", .name = "f()", .attributes = {{"definition", std::string(300, 'a')}}};
    catalog_object after = before;
    after.attributes[0].value[200] = 'b';
    const auto differences = texts({{before}}, {{after}});
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_LT(differences[0].size(), 350U);
    EXPECT_THAT(differences[0], ::testing::HasSubstr("...aaaaaaaaaaaaaaaaaaaab"));
}

TEST(Finding, IsPrintedLikeACompilersMessage) {
    const finding wrong{.level = finding::severity::warning,
                        .file = "0007_x.down.sql",
                        .line = 3,
                        .column = 5,
                        .message = "it is wrong",
                        .details = {"table t: is gone"},
                        .hint = "correct it"};
    EXPECT_EQ(to_string(wrong, "db/migrations"),
              "db/migrations/0007_x.down.sql:3:5: warning: it is wrong\n  table t: is gone\n  hint: correct it\n");
}

}  // namespace
}  // namespace varve
