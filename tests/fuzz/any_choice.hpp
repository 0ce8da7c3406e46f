#pragma once

#include <cstddef>
#include <random>
#include <string_view>

namespace varve::fuzz {

/// Choices that depend on the input alone, so that an input found by fuzzing breaks the same promise again.
class any_choice {
public:
    explicit any_choice(std::string_view input) {
        std::uint32_t seed = 2166136261U;
        for (const char c : input) seed = (seed ^ static_cast<unsigned char>(c)) * 16777619U;
        random_.seed(seed);
    }

    /// `limit` is not 0.
    std::size_t below(std::size_t limit) { return random_() % limit; }

private:
    std::minstd_rand random_;
};

}  // namespace varve::fuzz
