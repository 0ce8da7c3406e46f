#pragma once

#include <gtest/gtest.h>

#include <generator/found.hpp>
#include <lock/append.hpp>
#include <lock/load_history.hpp>
#include <support/temporary_directory.hpp>

#include <string>
#include <string_view>

namespace varve::generator {

/// A directory of migrations in which files are written, and the history `shop` is loaded and locked.
class lock_scenario {
public:
    lock_scenario() { request.directory = root_.path() / "m"; }

    void write(std::string_view file, std::string_view bytes) const {
        root_.write(std::filesystem::path("m") / file, bytes);
    }
    void remove(std::string_view file) const { std::filesystem::remove(request.directory / file); }
    void rename(std::string_view from, std::string_view to) const {
        std::filesystem::rename(request.directory / from, request.directory / to);
    }
    [[nodiscard]] std::string read(std::string_view file) const {
        return root_.read(std::filesystem::path("m") / file);
    }

    [[nodiscard]] loaded_history load(diagnostics& found) const { return load_history(request, found); }

    /// What loading reports, without the temporary directory's name.
    [[nodiscard]] std::string report() const {
        diagnostics found;
        const loaded_history ignored = load(found);
        return shown(found);
    }

    [[nodiscard]] std::string report_codes() const {
        diagnostics found;
        const loaded_history ignored = load(found);
        return codes(found);
    }

    [[nodiscard]] std::string shown(const diagnostics& found) const {
        std::string text = printed(found);
        const std::string prefix = root_.path().string() + "/";
        for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
            text.erase(at, prefix.size());
        }
        return text;
    }

    /// `varve lock`
    void lock() const {
        diagnostics found;
        load_request quiet = request;
        quiet.drafts = draft_policy::silent;
        const loaded_history loaded = load_history(quiet, found);
        EXPECT_FALSE(found.any_errors()) << shown(found);
        const lock_change change = lock_drafts(loaded.lock, loaded.history);
        EXPECT_TRUE(write_lock_file(loaded.lock_path, change, found)) << shown(found);
    }

    /// `varve lock --down <version>`; what was reported.
    [[nodiscard]] std::string lock_down(std::int64_t version) const {
        diagnostics found;
        load_request corrected = request;
        corrected.corrected_downs = {version};
        corrected.drafts = draft_policy::silent;
        const loaded_history loaded = load_history(corrected, found);
        const lock_change change = lock_downs(loaded.lock, loaded.history, {version}, found);
        if (!found.any_errors()) write_lock_file(loaded.lock_path, change, found);
        return shown(found);
    }

    load_request request{.name = "shop"};

private:
    testing::temporary_directory root_;
};

}  // namespace varve::generator
