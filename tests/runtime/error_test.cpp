#include <varve/error.hpp>

#include <gtest/gtest.h>

#include <type_traits>

namespace varve {
namespace {

error_details column_exists() {
    error_details details;
    details.message = "column \"email\" of relation \"users\" already exists";
    details.file = "migrations/0007_add_email.sql";
    details.line = 12;
    details.column = 8;
    details.sqlstate = "42701";
    details.statement = "\n  ALTER TABLE users\n  ADD email text";
    return details;
}

TEST(Error, SaysWhereWhatAndWhatToDo) {
    error_details details = column_exists();
    details.hint = "give it another name";
    details.done = "applied shop 1 to 6";
    details.undone = "shop 7 to 9";
    EXPECT_STREQ(error(details).what(),
                 "migrations/0007_add_email.sql:12:8: error: column \"email\" of relation \"users\" already exists "
                 "[42701]\n"
                 "  ALTER TABLE users\n"
                 "  hint: give it another name\n"
                 "  done: applied shop 1 to 6\n"
                 "  not kept: shop 7 to 9, one transaction");
}

TEST(Error, LeavesOutWhatIsNotKnown) {
    error_details details;
    details.message = "no connection";
    EXPECT_STREQ(error(details).what(), "error: no connection");
    details.file = "migrations/0001_a.sql";
    EXPECT_STREQ(error(details).what(), "migrations/0001_a.sql: error: no connection");
    details.line = 3;
    EXPECT_STREQ(error(details).what(), "migrations/0001_a.sql:3: error: no connection");
}

TEST(Error, ListsEveryProblemWithItsHint) {
    error_details details;
    details.code = error_code::diverged;
    details.message = "nothing was done: 2 problems";
    details.problems = {{.kind = problem_kind::edited,
                         .history = "shop",
                         .version = 3,
                         .name = "add_posts",
                         .file = "migrations/0003_add_posts.sql",
                         .message = "3 add_posts was edited after it was applied",
                         .hint = "restore it"},
                        {.kind = problem_kind::incompatible,
                         .history = "shop",
                         .version = 9,
                         .name = "split",
                         .file = {},
                         .message = "the database is newer than this program",
                         .hint = {}}};
    const error raised(details);
    EXPECT_STREQ(raised.what(),
                 "error: nothing was done: 2 problems\n"
                 "  migrations/0003_add_posts.sql: 3 add_posts was edited after it was applied [edited]\n"
                 "    hint: restore it\n"
                 "  shop: the database is newer than this program [incompatible]");
    EXPECT_EQ(raised.problems().size(), 2U);
    EXPECT_EQ(raised.code(), error_code::diverged);
}

TEST(Error, CutsALongStatementAtAWholeCharacter) {
    error_details details;
    details.message = "too long";
    details.statement = std::string(159, 'x') + "ü" + std::string(200, 'y');
    EXPECT_EQ(std::string(error(details).what()), "error: too long\n  " + std::string(159, 'x') + "...");
}

TEST(Error, TellsWhatWasDoneBefore) {
    const error raised(column_exists());
    EXPECT_EQ(raised.with_done("applied shop 1").details().done, "applied shop 1");
    EXPECT_EQ(raised.details().done, "");
}

TEST(Error, IsCopiedWithoutThrowing) {
    EXPECT_TRUE(std::is_nothrow_copy_constructible_v<error>);
    EXPECT_TRUE(std::is_nothrow_copy_assignable_v<error>);
    const error raised(column_exists());
    const error copy = raised;  // NOLINT(performance-unnecessary-copy-initialization)
    EXPECT_EQ(&copy.details(), &raised.details());
    EXPECT_STREQ(copy.what(), raised.what());
}

}  // namespace
}  // namespace varve
