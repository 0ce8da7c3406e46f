#include "shown_progress.hpp"

#include "progress_json.hpp"
#include "progress_line.hpp"

namespace varve::cli {

shown_progress::shown_progress(const session& of) : own_(of.how.watch) {
    const telling usual = of.asked.format == output::json ? telling::none : telling::text;
    const telling wanted = of.asked.progress.value_or(usual);
    if (wanted == telling::json) shown_ = std::make_unique<progress_json>(of.where, own_);
    if (wanted == telling::text) shown_ = std::make_unique<progress_line>(of.where, of.known, own_);
}

}  // namespace varve::cli
