#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace varve::testing {

/// A shell script that starts a server and lives as long as it is needed: in a temporary directory of its own, as an
/// unprivileged user if the tests run as root, because servers refuse to be root. It prints `ready` when the server can
/// be used; its input ends when this object goes, or the test program, however that ends. Then it stops the server and
/// removes the directory.
class unprivileged_shell {
public:
    /// The script's arguments are its directory and those given. Throws std::runtime_error if it does not get ready,
    /// with what it printed instead; `what` is the server's name for that.
    unprivileged_shell(const std::string& what, const char* script, std::vector<std::string> arguments);
    unprivileged_shell(const unprivileged_shell&) = delete;
    unprivileged_shell& operator=(const unprivileged_shell&) = delete;
    ~unprivileged_shell();

    /// Writes a line to the script's input and waits until it is ready again.
    void order(const std::string& line);

    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

private:
    struct child;
    [[nodiscard]] bool gets_ready(std::string& said);

    std::filesystem::path directory_;
    std::unique_ptr<child> child_;
};

}  // namespace varve::testing
