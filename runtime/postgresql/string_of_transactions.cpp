#include "answer.hpp"
#include "in_doubt.hpp"
#include "performing.hpp"
#include "refused_string.hpp"
#include "shown_work.hpp"
#include "transaction_string.hpp"

#include <core/text.hpp>

#include <utility>

namespace varve::postgresql {

string_of_transactions::string_of_transactions(std::span<const batch> batches, std::vector<performance> runs)
    : batches_(batches), runs_(std::move(runs)) {
    for (const performance& each : runs_) blocks_.push_back(block_of(each, standing::among_others));
}

std::size_t string_of_transactions::run() {
    std::string sql = comment_on(batches_);
    for (std::size_t each = 0; each < runs_.size(); ++each)
        sql += text_of_transaction(runs_[each], blocks_[each], standing::among_others);
    try {
        // The server stops at the first error: an answer to the last statement means that each COMMIT was one.
        if (is_proof(runs_.front().db.run_watched(sql + "SELECT 1"))) return runs_.size();
        throw connection_lost("the server's last answer is missing");
    } catch (const server_error& refused) {
        refused_ = refused;
    } catch (...) {  // who listened threw: what was stopped is still open
        runs_.front().db.run_if_possible("ROLLBACK");
        throw;
    }
    return count_committed();
}

// The refused transaction is still open, in its failed state.
std::size_t string_of_transactions::count_committed() const {
    const performance& any = runs_.front();
    const std::string count = text_to_count_kept(batches_, any.names, any.db);
    const auto answer = any.db.run(core::joined({"ROLLBACK; SELECT ", count}));
    return std::min(static_cast<std::size_t>(number_in(answer, 0, 0)), runs_.size() - 1);
}

void string_of_transactions::tell_done(std::size_t which, progress& told) const {
    performance done = runs_[which];
    done.told = &told;
    tell(done, std::nullopt);
}

outcome string_of_transactions::outcome_of_refused(std::size_t which, progress& told) {
    runs_[which].told = &told;
    return outcome_of(*refused_, runs_[which], blocks_[which]);
}

}  // namespace varve::postgresql
