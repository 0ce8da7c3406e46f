#include <emit/depfile.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace varve::generator {
namespace {

using paths = std::vector<std::filesystem::path>;

TEST(Depfile, NamesTheTargetAndEveryInput) {
    EXPECT_EQ(depfile_text("/b/shop.stamp", paths{"/s/migrations", "/s/migrations/0001_a.sql"}),
              "/b/shop.stamp: \\\n  /s/migrations \\\n  /s/migrations/0001_a.sql\n");
}

TEST(Depfile, EscapesSpacesHashesAndDollars) {
    EXPECT_EQ(depfile_text("/my build/x", paths{"/a b/c#d/$e"}), "/my\\ build/x: \\\n  /a\\ b/c\\#d/$$e\n");
}

TEST(Depfile, DoublesOnlyTheBackslashesBeforeAnEscapedCharacter) {
    EXPECT_EQ(depfile_text("/x", paths{"/a\\b", "/a\\ b"}), "/x: \\\n  /a\\b \\\n  /a\\\\\\ b\n");
}

TEST(Depfile, KeepsLettersBeyondAscii) {
    EXPECT_EQ(depfile_text("/x", paths{"/gesch\xC3\xA4"
                                       "ft"}),
              "/x: \\\n  /gesch\xC3\xA4"
              "ft\n");
}

TEST(Depfile, LeavesOutWhatTheFormatCannotSay) { EXPECT_EQ(depfile_text("/x", paths{"/a\nb"}), "/x:\n"); }

}  // namespace
}  // namespace varve::generator
