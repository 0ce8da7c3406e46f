#include <varve/command_line.hpp>

#include <cstdio>
#include <cstdlib>
#include <iostream>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace varve {
namespace {

bool is_terminal(std::FILE* stream) {
#ifdef _WIN32
    return _isatty(_fileno(stream)) != 0;
#else
    return isatty(fileno(stream)) != 0;
#endif
}

// https://no-color.org: any value but an empty one.
bool colours_wanted() {
    const char* const value = std::getenv("NO_COLOR");
    return value == nullptr || *value == '\0';
}

}  // namespace

console standard_console() {
    const bool terminal = is_terminal(stdout) && colours_wanted();
    return {.out = &std::cout,
            .err = &std::cerr,
            .style = terminal ? console::kind::terminal : console::kind::plain,
            .in = is_terminal(stdin) ? &std::cin : nullptr};
}

}  // namespace varve
