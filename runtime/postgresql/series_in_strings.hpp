#pragma once

#include "engine_session.hpp"

#include <varve/engine.hpp>

#include <cstddef>
#include <span>

/// Batches that are sent together, each its own transaction.
namespace varve::postgresql {

/// Performs batches that fit in one string, and tells about them as about a series. Throws `no_block_language` if the
/// server cannot run an anonymous block; then those after the last one that was committed were not performed.
[[nodiscard]] outcome perform_in_a_string(engine_session&, std::span<const batch>, series_progress&);

/// A part of a series, told as what it is of the whole.
class part_of_series final : public series_progress {
public:
    part_of_series(series_progress& whole, std::size_t first) : whole_(whole), first_(first), next_(first) {}
    progress& begin(std::size_t batch) override { return whole_.begin(first_ + batch); }
    void committed(std::size_t batch) override {
        next_ = first_ + batch + 1;
        whole_.committed(first_ + batch);
    }
    /// The first one of the whole that is not committed.
    [[nodiscard]] std::size_t next() const { return next_; }

private:
    series_progress& whole_;
    std::size_t first_;
    std::size_t next_;
};

}  // namespace varve::postgresql
