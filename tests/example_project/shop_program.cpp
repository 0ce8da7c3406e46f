#include "shop_program.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>

namespace varve::testing {

shop_run run_shop(const std::string& arguments) {
    shop_run result;
    std::FILE* const pipe = ::popen((SHOP_PROGRAM " " + arguments + " 2>&1 </dev/null").c_str(), "r");
    if (pipe == nullptr) return {"the program cannot be started", -1};
    std::array<char, 4096> piece{};
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe)) {
        result.output.append(piece.data(), size);
    }
    const int status = ::pclose(pipe);
    result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

}  // namespace varve::testing
