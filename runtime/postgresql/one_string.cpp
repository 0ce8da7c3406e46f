#include "performing.hpp"
#include "refused_string.hpp"
#include "transaction_string.hpp"

#include <chrono>
#include <optional>

namespace varve::postgresql {

outcome perform_in_one_string(performance& run) {
    const script_block block = block_of(run, standing::alone);
    try {
        const auto answer = run.db.run_watched(text_of_transaction(run, block, standing::alone));
        if (!is_proof(answer)) throw connection_lost("the server's last answer is missing");
    } catch (const server_error& refused) {
        return outcome_of(refused, run, block);
    }
    tell(run, std::nullopt);
    return outcome::done;
}

}  // namespace varve::postgresql
