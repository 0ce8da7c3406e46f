#include "page.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace varve::testing {

namespace {

constexpr std::string_view fence = "```";

/// The first line of a block: ```sql bad sqlite 0001_x.sql
struct block_head {
    std::string language;
    std::string kind;
    std::string engine;
    std::string file;
};

block_head head_of(const std::string& line) {
    block_head head;
    std::istringstream words(line.substr(fence.size()));
    words >> head.language >> head.kind >> head.engine >> head.file;
    return head;
}

class reading {
public:
    explicit reading(const std::filesystem::path& path) : path_(path), in_(path) {
        page_.code = path.stem().string();
        if (!in_) fail("cannot be read");
    }

    diagnostic_page run() {
        std::string line;
        while (next(line)) {
            if (line.starts_with("# ") && page_.title.empty()) page_.title = line.substr(2);
            if (line.starts_with('#')) open_ = {};
            if (line.starts_with(fence)) take_block(head_of(line));
        }
        return std::move(page_);
    }

private:
    bool next(std::string& line) {
        ++line_;
        return static_cast<bool>(std::getline(in_, line));
    }

    void take_block(const block_head& head) {
        const std::size_t begin = line_;
        std::string text;
        std::string line;
        while (true) {
            if (!next(line)) fail("a block is not closed");
            if (line == fence) break;
            text += line + "\n";
        }
        if (head.kind.empty()) return;
        if (head.kind != "bad" && head.kind != "good") fail("a block is `bad` or `good`, not " + head.kind);
        if (head.engine != "sqlite" && head.engine != "postgresql") fail("there is no engine " + head.engine);
        if (head.file.empty()) fail("the block has no file name");
        example_for(head, begin).files.push_back({head.file, std::move(text)});
    }

    example& example_for(const block_head& head, std::size_t begin) {
        const verdict expected = head.kind == "bad" ? verdict::bad : verdict::good;
        std::size_t& index = open_.at(expected);
        if (index == none) {
            index = page_.examples.size();
            page_.examples.push_back({expected, engine_kind::sqlite, {}, begin});
        }
        example& result = page_.examples[index];
        result.engine = head.engine == "sqlite" ? engine_kind::sqlite : engine_kind::postgresql;
        return result;
    }

    [[noreturn]] void fail(const std::string& why) const {
        throw std::runtime_error(path_.string() + ":" + std::to_string(line_) + ": " + why);
    }

    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    /// The examples of the section being read.
    struct open_examples {
        std::size_t bad = none;
        std::size_t good = none;
        std::size_t& at(verdict expected) { return expected == verdict::bad ? bad : good; }
    };

    std::filesystem::path path_;
    std::ifstream in_;
    std::size_t line_ = 0;
    diagnostic_page page_;
    open_examples open_;
};

}  // namespace

diagnostic_page read_page(const std::filesystem::path& path) { return reading(path).run(); }

}  // namespace varve::testing
