#include <varve/server_progress.hpp>

#include "progress_views.hpp"

#include <future>
#include <optional>
#include <system_error>

namespace varve {
namespace {

using postgresql::progress_row;
using postgresql::progress_views;

/// Tells what is new; if the listener throws, the statement is stopped first.
class teller {
public:
    teller(const watched_statement& what, std::future<void>& sent)
        : what_(what), sent_(sent), views_(what.connect, what.process) {}

    [[nodiscard]] bool is_usable() const { return views_.is_usable(); }

    void look() {
        auto now = views_.read();
        if (!now || (last_ && now->view() == last_->view())) return;
        try {
            what_.tell(now->view());
        } catch (...) {
            views_.cancel();
            sent_.wait();
            throw;
        }
        last_ = std::move(now);
    }

private:
    const watched_statement& what_;
    std::future<void>& sent_;
    progress_views views_;
    std::optional<progress_row> last_;
};

void watch(const watched_statement& what, const progress_intervals& times) {
    std::future<void> sent;
    try {
        sent = std::async(std::launch::async, what.send);
    } catch (const std::system_error&) {  // no thread is to be had: then nobody watches
        return what.send();
    }
    const auto is_over = [&sent](std::chrono::milliseconds within) {
        return sent.wait_for(within) == std::future_status::ready;
    };
    if (!is_over(times.after)) {
        teller told(what, sent);
        while (told.is_usable() && !is_over(std::chrono::milliseconds{0})) {
            told.look();
            if (is_over(times.every)) break;
        }
    }
    sent.get();
}

}  // namespace

std::function<void(const watched_statement&)> server_progress(progress_intervals times) {
    return [times](const watched_statement& what) { watch(what, times); };
}

}  // namespace varve
