#pragma once

#include <commands/lock.hpp>
#include <lock/load_history.hpp>
#include <replay/replay.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>

namespace varve::generator::testing {

/// A test that replays a directory of its own.
class Replayed : public ::testing::Test {
protected:
    void write(std::string_view file, std::string_view text) const {
        directory_.write(std::filesystem::path("migrations") / file, text);
    }

    /// Releases everything that is there.
    void release() const {
        std::ostringstream said;
        review_options unreviewed;
        unreviewed.replay.mode = replay_mode::off;
        ASSERT_EQ(lock(request(), unreviewed, {said, said}), exit_code::success) << said.str();
    }

    [[nodiscard]] loaded_history loaded() const {
        diagnostics found;
        loaded_history result = load_history(request(), found);
        EXPECT_FALSE(found.any_errors());
        return result;
    }

    /// What a replay says, with paths from the directory on; empty if it says nothing.
    [[nodiscard]] std::string replayed() {
        diagnostics said;
        const history_source history = loaded().history;
        report_ = replay(history, options, said);
        for (const replay_finding& each : report_.rebuilds) said.report(to_diagnostic(each, history));
        std::ostringstream text;
        print(text, said, output_format::text);
        return shortened(text.str());
    }

    [[nodiscard]] std::string shortened(std::string text) const {
        const std::string root = (directory_.path() / "migrations").string() + "/";
        for (std::size_t at = text.find(root); at != std::string::npos; at = text.find(root))
            text.erase(at, root.size());
        return text;
    }

    [[nodiscard]] const replay_report& report() const { return report_; }
    [[nodiscard]] const std::filesystem::path& directory() const { return directory_.path(); }

    replay_options options;

private:
    [[nodiscard]] load_request request() const {
        return {.directory = directory_.path() / "migrations", .name = "shop", .drafts = draft_policy::silent};
    }

    varve::testing::temporary_directory directory_;
    replay_report report_;
};

}  // namespace varve::generator::testing
