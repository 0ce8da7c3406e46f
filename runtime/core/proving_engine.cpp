#include "proving_engine.hpp"

namespace varve::core {

outcome proving_engine::perform(const batch& what, progress& told) {
    tell(what, told_.before);
    const outcome result = real_.perform(what, told);
    if (result == outcome::done) tell(what, told_.applied);
    return result;
}

void proving_engine::tell(const batch& what, const std::function<void(std::int64_t)>& whom) const {
    for (const auto& action : what.actions)
        for (const auto& row : action.change.inserts)
            if (row.history == told_.history && row.kind == entry_kind::migration && row.state == entry_state::applied)
                whom(row.version.value_or(0));
}

}  // namespace varve::core
