#include <sql/quoted_name.hpp>

#include <gtest/gtest.h>

namespace varve::generator {
namespace {

TEST(QuotedName, LeavesAPlainNameAsItIs) {
    EXPECT_EQ(quoted_name("users_2", engine_kind::postgresql), "users_2");
    EXPECT_EQ(quoted_name("Users", engine_kind::sqlite), "Users");
}

TEST(QuotedName, QuotesCapitalsWherePostgresqlWouldFoldThem) {
    EXPECT_EQ(quoted_name("Users", engine_kind::postgresql), "\"Users\"");
}

TEST(QuotedName, QuotesWhatIsNoWordAndDoublesQuotes) {
    EXPECT_EQ(quoted_name("a b", engine_kind::sqlite), "\"a b\"");
    EXPECT_EQ(quoted_name("2nd", engine_kind::postgresql), "\"2nd\"");
    EXPECT_EQ(quoted_name("say \"hi\"", engine_kind::postgresql), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(quoted_name("", engine_kind::sqlite), "\"\"");
}

TEST(QuotedName, QuotesTheKeyWordsOfTheEngine) {
    EXPECT_EQ(quoted_name("order", engine_kind::postgresql), "\"order\"");
    EXPECT_EQ(quoted_name("Order", engine_kind::sqlite), "\"Order\"");
    EXPECT_EQ(quoted_name("user", engine_kind::postgresql), "\"user\"");
    EXPECT_EQ(quoted_name("user", engine_kind::sqlite), "user");
}

}  // namespace
}  // namespace varve::generator
