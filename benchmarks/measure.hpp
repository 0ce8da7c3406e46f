#pragma once

#include <functional>
#include <string>
#include <vector>

/// Timing of whole processes, as a user would have it, compared inside one run: machines are shared and noisy.
namespace varve::bench {

struct cost {
    double wall = 0;    ///< seconds
    double cpu = 0;     ///< seconds, user and system, children included
    double memory = 0;  ///< MB, the most that was resident; of its children the largest
};

/// Runs a program to its end, without input and output. Throws if it does not exit with 0.
cost run(const std::vector<std::string>& command);

double median(std::vector<double>);

/// One way of doing the same thing.
struct contender {
    std::string name;
    std::function<void()> before;  ///< puts everything back; not measured
    std::function<cost()> once;
};

struct result {
    std::string name;
    cost middle;       ///< medians
    double ratio = 1;  ///< median over the rounds of this one's wall time to the first one's of the same round
};

/// Interleaves the contenders for so many rounds; the first one is what the others are compared with.
std::vector<result> compare(const std::vector<contender>&, int rounds);

/// Prints a table: what is measured, then a line for each contender.
void print(const std::string& title, const std::vector<result>&);

}  // namespace varve::bench
