#include <document/markdown.hpp>

#include <algorithm>

namespace varve::generator::markdown {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (!is_space(c)) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

std::size_t longest_run(std::string_view text, char of) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == of ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

}  // namespace

std::string plain(std::string_view text) {
    std::string result;
    for (const char c : on_one_line(text)) {
        if (std::string_view("\\`*_{}[]<>#|&~$").find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

std::string code(std::string_view text) {
    const std::string line = on_one_line(text);
    if (line.empty()) return {};
    const std::string fence(longest_run(line, '`') + 1, '`');
    const std::string_view space = line.front() == '`' || line.back() == '`' ? " " : "";
    return fence + std::string(space) + line + std::string(space) + fence;
}

std::string codes(const std::vector<std::string>& texts) {
    std::string result;
    for (const std::string& each : texts) result += (result.empty() ? "" : ", ") + code(each);
    return result;
}

std::string block(std::string_view language, std::string_view text) {
    const std::string fence(std::max<std::size_t>(3, longest_run(text, '`') + 1), '`');
    std::string result = fence + std::string(language) + "\n" + std::string(text);
    if (!result.ends_with('\n')) result += '\n';
    return result + fence + "\n";
}

std::string row(std::initializer_list<std::string_view> cells) {
    std::string line = "|";
    for (const std::string_view cell : cells) {
        line += ' ';
        for (std::size_t i = 0; i < cell.size(); ++i) {
            if (cell[i] == '|' && (i == 0 || cell[i - 1] != '\\')) line += '\\';
            line += cell[i];
        }
        line += cell.empty() ? "|" : " |";
    }
    return line + "\n";
}

std::string header(std::initializer_list<std::string_view> titles) {
    std::string line = "|";
    for (std::size_t i = 0; i < titles.size(); ++i) line += "---|";
    return row(titles) + line + "\n";
}

std::string link(std::string_view text, std::string_view heading) {
    std::string anchor;
    for (const char c : heading) {
        if (c >= 'A' && c <= 'Z') {
            anchor += static_cast<char>(c - 'A' + 'a');
        } else if (c == ' ') {
            anchor += '-';
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                   static_cast<unsigned char>(c) >= 0x80) {
            anchor += c;
        }
    }
    return "[" + plain(text) + "](#" + anchor + ")";
}

}  // namespace varve::generator::markdown
