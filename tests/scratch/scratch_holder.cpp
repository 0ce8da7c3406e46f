// Holds a scratch server until its input ends, or until it is killed.
#include "scratch/scratch_server.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    try {
        varve::scratch::scratch_server server("", {.path = argc > 1 ? argv[1] : ""});
        server.start();
        std::printf("%s %d\n", server.directory().c_str(), static_cast<int>(server.id()));
        std::fflush(stdout);
        return std::getchar() == EOF ? 0 : 1;
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "%s\n", failed.what());
        return 1;
    }
}
