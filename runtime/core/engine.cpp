#include <varve/engine.hpp>

namespace varve {

outcome engine::perform_series(std::span<const batch> batches, series_progress& told) {
    for (std::size_t each = 0; each < batches.size(); ++each) {
        const outcome how = perform(batches[each], told.begin(each));
        if (how != outcome::done) return how;
        told.committed(each);
    }
    return outcome::done;
}

}  // namespace varve
