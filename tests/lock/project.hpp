#pragma once

#include <lock/load_history.hpp>
#include <support/temporary_directory.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace varve::testing {

/// What a command said, and how it ended.
struct outcome {
    int exit_code = 0;
    std::string said;
};

/// A real git repository with a directory `migrations`, whose history is called `shop`, and the commands of `varve`.
class project {
public:
    project();

    void write(std::string_view script, std::string_view sql) const;
    void write_file(std::string_view file, std::string_view bytes) const { root_.write(file, bytes); }
    [[nodiscard]] std::string read(std::string_view file) const { return root_.read(file); }
    [[nodiscard]] std::filesystem::path path(std::string_view file) const { return root_.path() / file; }

    /// `git <arguments>`, which must succeed; returns what it printed.
    std::string git(std::string_view arguments) const;
    /// `git <arguments>`, which may fail: a merge that conflicts does.
    [[nodiscard]] outcome try_git(std::string_view arguments) const;
    /// Adds everything and commits it.
    void commit(std::string_view message) const;

    [[nodiscard]] outcome check() const { return run("check"); }
    /// `varve lock`, which must succeed.
    void lock() const;
    [[nodiscard]] outcome lock_down(std::string_view version) const {
        return run("lock --down " + std::string(version));
    }
    /// The names in the lock file, in its order: `users posts`.
    [[nodiscard]] std::string released() const;

    /// How the generator reads this project.
    [[nodiscard]] generator::load_request request() const;

private:
    /// `varve <words>`, with the arguments that tell where; paths in its output begin at the project.
    [[nodiscard]] outcome run(const std::string& words) const;

    temporary_directory root_;
};

}  // namespace varve::testing
