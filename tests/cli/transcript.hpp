#pragma once

#include <varve/command_line.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace varve::testing {

/// What a person sees: commands, what they print, their exit codes. One golden file is one transcript.
class transcript {
public:
    explicit transcript(console::kind style) : style_(style) {}

    /// With the engine's tools for the command line, if there are any. `answer` is what is typed when the command asks;
    /// without it nobody can answer.
    void run(engine&, const histories&, const std::vector<std::string>& words, const char* answer = nullptr);
    void say(std::string_view comment) { text_ += "# " + std::string(comment) + "\n\n"; }
    /// The options that the program passes.
    std::optional<command_tools> tools{};
    options defaults{.program = "shop", .applied_by = "ann@web1:4711"};

    [[nodiscard]] const std::string& text() const { return text_; }

private:
    console::kind style_;
    std::string text_;
};

/// Fails the test unless `golden/<name>.txt` is exactly this. With VARVE_UPDATE_GOLDEN=1 writes it instead.
void expect_golden(const std::string& name, const std::string& text);

}  // namespace varve::testing
