#include <source/read_code.hpp>

#include <sql/checksum.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace varve::generator {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// What is read of a source, and what is said about it: `M060 1:1`.
struct reading_result {
    read_code_result read;
    std::vector<std::string> said;
};

reading_result read(std::string_view text) {
    diagnostics found;
    script_file file;
    file.file = "0009_code.cpp";
    file.text = text_file("migrations/0009_code.cpp", text);
    reading_result result{read_code(std::move(file), found), {}};
    for (const diagnostic& each : found.sorted()) {
        result.said.push_back(each.code + " " + std::to_string(each.where.line) + ":" +
                              std::to_string(each.where.column));
    }
    return result;
}

TEST(ReadCode, FindsBothFunctions) {
    const auto [got, said] = read(
        "#include <varve/transaction.hpp>\n"
        "void up(varve::transaction& in) { in.execute(\"}\"); }\n"
        "void down(varve::transaction&) {}\n");
    EXPECT_THAT(said, IsEmpty());
    EXPECT_EQ(got.code.up, code_source::up_form::transaction);
    EXPECT_TRUE(got.code.has_down);
    ASSERT_TRUE(got.down.has_value());
    EXPECT_EQ(got.up.main_checksum, got.down->main_checksum);
}

TEST(ReadCode, FindsTheFormInBatches) {
    const auto [got, said] = read("auto up(varve::batches& work) noexcept(false) -> void {}");
    EXPECT_THAT(said, IsEmpty());
    EXPECT_EQ(got.code.up, code_source::up_form::batches);
    EXPECT_FALSE(got.code.has_down);
}

TEST(ReadCode, IsNotMisledByWhatIsNoDefinition) {
    const auto [got, said] = read(
        "// void down(varve::transaction&) {}\n"
        "/* void down(varve::transaction&) {} */\n"
        "#define X void down(varve::transaction&) {} \\\n"
        "  void down(varve::transaction&) {}\n"
        "const char* a = \"void down(varve::transaction&) {}\";\n"
        "const char* b = R\"x(\" void down(varve::transaction&) {})x\";\n"
        "const int c = 1'000'000; const char d = '\"', e = '{';\n"
        "namespace { void down(varve::transaction&) {} }\n"
        "struct s { void down(varve::transaction&) {} };\n"
        "void s2::down(varve::transaction&) {}\n"
        "void down(varve::transaction&);\n"
        "void up(varve::transaction& in)\n{\n  helper.down(in);\n  down(in);\n}\n");
    EXPECT_THAT(said, IsEmpty());
    EXPECT_FALSE(got.code.has_down);
}

TEST(ReadCode, RefusesAFileWithoutAnUpThatCanBeCalled) {
    EXPECT_THAT(read("").said, ElementsAre("M060 1:1"));
    EXPECT_THAT(read("namespace a { void up(varve::transaction&) {} }").said, ElementsAre("M060 1:1"));
    EXPECT_THAT(read("int x;\nvoid up(int) {}").said, ElementsAre("M060 2:6"));
    EXPECT_THAT(read("void up(varve::transaction) {}").said, ElementsAre("M060 1:6"));
    EXPECT_THAT(read("void up(varve::transaction&) {}\nvoid down(varve::batches&) {}").said, ElementsAre("M060 2:6"));
}

TEST(ReadCode, TakesAnOverloadForSomethingElseForWhatItIs) {
    EXPECT_THAT(read("int up(int a) { return a; }\nvoid up(varve::transaction&) {}").said, IsEmpty());
}

TEST(ReadCode, ReadsDirectivesInTheHead) {
    const auto [got, said] = read(
        "// varve: depends 3\n"
        "// varve: description Slugs\n"
        "// varve: lock-timeout 5s\n"
        "#include <varve/transaction.hpp>\n"
        "void up(varve::transaction&) {}\n");
    EXPECT_THAT(said, IsEmpty());
    EXPECT_EQ(got.up.directives.description, "Slugs");
    ASSERT_EQ(got.up.directives.depends.size(), 1U);
    EXPECT_EQ(got.up.directives.limits.lock_timeout, 5'000);
}

TEST(ReadCode, RefusesDirectivesThatSayNothingThere) {
    EXPECT_THAT(read("// varve: no-transaction\nvoid up(varve::transaction&) {}").said, ElementsAre("M014 1:4"));
    EXPECT_THAT(read("#include <a>\n// varve: irreversible\nvoid up(varve::transaction&) {}").said,
                ElementsAre("M012 2:4"));
}

TEST(ReadCode, HasAChecksumOfItsBytesWhateverTheLineEnds) {
    const auto lf = read("void up(varve::transaction&) {}\n").read.up.main_checksum;
    EXPECT_EQ(lf, read("\xEF\xBB\xBFvoid up(varve::transaction&) {}\r\n").read.up.main_checksum);
    EXPECT_EQ(to_string(lf), "101:47390cc64822ba1716e41e2aeb67c62f33ab460b589333254e18c31fad7ce861")
        << "as docs/checksum.md says";
    EXPECT_NE(lf, read("void up(varve::transaction&) { }\n").read.up.main_checksum);
}

}  // namespace
}  // namespace varve::generator
