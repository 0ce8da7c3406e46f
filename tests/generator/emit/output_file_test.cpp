#include <emit/output_file.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>

namespace varve::generator {
namespace {

namespace fs = std::filesystem;

class OutputFile : public ::testing::Test {
protected:
    OutputFile()
        : directory_(fs::path(::testing::TempDir()) /
                     (std::string("varve_output_") + ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
        fs::remove_all(directory_);
        fs::create_directories(directory_);
    }
    ~OutputFile() override { fs::remove_all(directory_); }

    [[nodiscard]] fs::path path(const fs::path& name) const { return directory_ / name; }

    static std::string contents(const fs::path& file) {
        std::ostringstream text;
        text << std::ifstream(file, std::ios::binary).rdbuf();
        return text.str();
    }

private:
    fs::path directory_;
};

TEST_F(OutputFile, IsWrittenWithItsDirectories) {
    EXPECT_EQ(write_if_different(path("a/b/unit.cpp"), "one\n"), written::changed);
    EXPECT_EQ(contents(path("a/b/unit.cpp")), "one\n");
}

TEST_F(OutputFile, IsLeftAloneIfItSaysSoAlready) {
    write_always(path("unit.cpp"), "one\n");
    const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
    fs::last_write_time(path("unit.cpp"), long_ago);
    EXPECT_EQ(write_if_different(path("unit.cpp"), "one\n"), written::unchanged);
    EXPECT_EQ(fs::last_write_time(path("unit.cpp")), long_ago);
}

TEST_F(OutputFile, IsReplacedIfOneByteDiffers) {
    write_always(path("unit.cpp"), "one\n");
    EXPECT_EQ(write_if_different(path("unit.cpp"), "two\n"), written::changed);
    EXPECT_EQ(contents(path("unit.cpp")), "two\n");
}

TEST_F(OutputFile, LeavesNothingBesideItself) {
    write_always(path("unit.cpp"), "one\n");
    EXPECT_EQ(std::distance(fs::directory_iterator(path("")), fs::directory_iterator()), 1);
}

TEST_F(OutputFile, ThatCannotBeWrittenIsAnErrorWithItsPath) {
    write_always(path("file"), "");
    try {
        write_always(path("file") / "unit.cpp", "one\n");
        FAIL() << "nothing was thrown";
    } catch (const write_error& error) {
        EXPECT_EQ(error.path(), path("file") / "unit.cpp");
        EXPECT_STRNE(error.what(), "");
    }
}

TEST_F(OutputFile, ThatIsADirectoryIsNotReplaced) {
    fs::create_directories(path("unit.cpp/inside"));
    EXPECT_THROW(write_always(path("unit.cpp"), "one\n"), write_error);
    EXPECT_FALSE(fs::exists(path("unit.cpp.new")));
}

}  // namespace
}  // namespace varve::generator
