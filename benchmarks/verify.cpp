// verify: what proving 300 PostgreSQL migrations with their downs costs, server included.
#include "measure.hpp"

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

namespace fs = std::filesystem;
using namespace varve::bench;

namespace {

const fs::path cache = BENCH_CACHE;

// What a run leaves: `empty-15.4-UTF8-C`, the cluster, and `bench_verify_300-15.4`, all migrations but the newest.
void forget_history() {
    std::error_code missing;
    for (const auto& each : fs::directory_iterator(cache, missing))
        if (!each.path().filename().string().starts_with("empty-")) fs::remove_all(each.path());
}

cost verify_all() { return run({BENCH_VERIFY}); }

void print_verify() {
    const auto forget_all = [] { fs::remove_all(cache); };
    const auto keep_all = [] {};
    print("verify of 300 PostgreSQL migrations with their downs",
          compare({{"nothing is there from an earlier run", forget_all, verify_all},
                   {"the empty cluster is there", forget_history, verify_all},
                   {"only the newest changed", keep_all, verify_all}},
                  7));
}

void print_server() {
    const std::string place = (cache / "cluster").string();
    print("a scratch server, started and stopped", compare({{"with initdb", {}, [] { return run({BENCH_HOLDER}); }},
                                                            {"with a copy of what initdb made",
                                                             {},
                                                             [&] {
                                                                 return run({BENCH_HOLDER, place});
                                                             }}},
                                                           7));
    fs::remove_all(place);
}

}  // namespace

int main() try {
    // The server is found in the way the program finds it, and no other one is asked.
    ::unsetenv("VARVE_SCRATCH_URL");
    print_verify();
    print_server();
    return 0;
} catch (const std::exception& failure) {
    std::cerr << "verify: " << failure.what() << '\n';
    return 1;
}
