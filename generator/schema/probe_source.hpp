#pragma once

#include <varve/history.hpp>

#include <string>

namespace varve::generator {

/// How to find out whether a statement took effect; see varve::probe_kind.
struct probe_source {
    probe_kind kind = probe_kind::repeatable;
    std::string schema;
    std::string object;
    std::string name;
    friend bool operator==(const probe_source&, const probe_source&) = default;
};

}  // namespace varve::generator
