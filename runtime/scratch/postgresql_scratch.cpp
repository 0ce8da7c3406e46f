#include "postgresql_scratch.hpp"

#include <utility>

namespace varve::scratch {
namespace {

constexpr const char* schema_of_the_ledger = "public";

}  // namespace

postgresql_scratch::postgresql_scratch(const std::string& uri, std::function<std::string()> remake)
    : remake_(std::move(remake)) {
    connect(uri);
}

void postgresql_scratch::connect(const std::string& uri) {
    engine_ = std::make_unique<postgresql_engine>(uri, postgresql_options{.schema = schema_of_the_ledger});
    prover_ = std::make_unique<postgresql::transaction_prover>(uri, schema_of_the_ledger);
}

void postgresql_scratch::bring_back() {
    engine_.reset();
    prover_.reset();
    connect(remake_());
}

}  // namespace varve::scratch
