#include <emit/cpp_namespace.hpp>

#include <gtest/gtest.h>

namespace varve::generator {
namespace {

TEST(CppNamespace, MayBeAName) { EXPECT_EQ(why_not_a_namespace("shop_schema"), ""); }
TEST(CppNamespace, MayBeNested) { EXPECT_EQ(why_not_a_namespace("company::shop::schema2"), ""); }
TEST(CppNamespace, MayLieInVarveForItsOwnHistories) { EXPECT_EQ(why_not_a_namespace("varve::ledger"), ""); }

TEST(CppNamespace, MayNotBeEmpty) {
    EXPECT_EQ(why_not_a_namespace(""), "there is a name missing; write it like company::shop");
    EXPECT_EQ(why_not_a_namespace("a::"), "there is a name missing; write it like company::shop");
    EXPECT_EQ(why_not_a_namespace("::a"), "there is a name missing; write it like company::shop");
}

TEST(CppNamespace, MayNotContainWhatIsNoIdentifier) {
    EXPECT_EQ(why_not_a_namespace("shop-schema"),
              "'shop-schema' is not a C++ name: letters, digits and _, not a digit first");
    EXPECT_NE(why_not_a_namespace("2shop"), "");
    EXPECT_NE(why_not_a_namespace("a:b"), "");
    EXPECT_NE(why_not_a_namespace("a {} //"), "");
    EXPECT_NE(why_not_a_namespace("gesch\xC3\xA4"
                                  "ft"),
              "");
}

TEST(CppNamespace, MayNotBeAWordOfTheLanguage) {
    EXPECT_EQ(why_not_a_namespace("shop::new"), "'new' is a word of C++ itself and cannot name a namespace");
    EXPECT_NE(why_not_a_namespace("and"), "");
}

TEST(CppNamespace, MayNotBeReserved) {
    EXPECT_EQ(why_not_a_namespace("std::shop"), "'std' is reserved by C++");
    EXPECT_EQ(why_not_a_namespace("shop::a__b"), "'a__b' is a name that C++ reserves for the compiler");
    EXPECT_NE(why_not_a_namespace("_Shop"), "");
    EXPECT_EQ(why_not_a_namespace("varve"), "'varve' is varve's own");
}

}  // namespace
}  // namespace varve::generator
