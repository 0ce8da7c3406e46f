#include <fuzz/promise.hpp>
#include <fuzz/targets.hpp>
#include <lock/append.hpp>
#include <lock/lock_file.hpp>

#include <string>
#include <utility>
#include <vector>

namespace varve::fuzz {
namespace {

namespace gen = varve::generator;

gen::lock_file read(std::string bytes, const gen::lock_owner& owner, gen::diagnostics& found) {
    return gen::parse_lock_file("shop.lock", std::move(bytes), owner, found);
}

void same_entries(const std::vector<gen::lock_entry>& a, const std::vector<gen::lock_entry>& b) {
    promise(a.size() == b.size(), "read again, the lock file has other lines");
    for (std::size_t i = 0; i < a.size(); ++i) {
        promise(a[i].version == b[i].version && a[i].version_text == b[i].version_text, "another version");
        promise(a[i].name == b[i].name && a[i].mode == b[i].mode, "another name or mode");
        promise(a[i].up == b[i].up && a[i].down == b[i].down, "another checksum");
    }
}

void versions_are_there_once(const gen::lock_file& lock) {
    for (const gen::lock_entry& each : lock.entries)
        promise(lock.find(each.version) == &each, "a version is there twice");
}

void everything_wrong_is_reported_in_the_file(const gen::lock_file& lock, const gen::diagnostics& found) {
    promise((lock.state == gen::lock_state::complete) == !found.any_errors(),
            "damage without a report, or the reverse");
    const std::uint32_t lines = lock.text.position_of(lock.text.text().size()).line;
    for (const gen::diagnostic& each : found.sorted()) {
        promise(each.where.line >= 1 && each.where.line <= lines, "an error outside the file");
        promise(!each.message.empty() && !each.hint.empty(), "an error without a word");
    }
}

void what_is_printed_is_read_back(const gen::lock_file& lock, const gen::lock_owner& owner) {
    const std::string printed = gen::print_header(owner) + gen::print_entries(lock.entries, {});
    gen::diagnostics found;
    const gen::lock_file again = read(printed, owner, found);
    promise(found.sorted().empty(), "what was printed is refused");
    same_entries(lock.entries, again.entries);
    promise(gen::print_header(owner) + gen::print_entries(again.entries, {}) == printed, "printed again, it differs");
}

/// Locking adds a line at the end and leaves every byte before it alone.
void a_draft_is_appended(const gen::lock_file& lock, const gen::lock_owner& owner) {
    gen::history_source history;
    history.engine = owner.engine;
    history.name = owner.history;
    gen::migration_source draft;
    draft.version = 987654321;
    draft.version_text = "987654321";
    draft.name = "draft";
    draft.up.main_checksum.rule = 1;
    if (lock.find(draft.version) != nullptr) return;
    history.migrations.push_back(std::move(draft));
    const gen::lock_change change = gen::lock_drafts(lock, history);
    promise(change.bytes.starts_with(lock.bytes), "locking changed what was there");
    gen::diagnostics found;
    const gen::lock_file again = read(change.bytes, owner, found);
    promise(!found.any_errors() && again.entries.size() == lock.entries.size() + 1, "the new line is not there");
    promise(again.entries.back().name == "draft", "the new line is not the last one");
}

}  // namespace

void lock_file(std::string_view bytes) {
    const gen::lock_owner owner{.engine = engine_kind::sqlite, .history = "shop", .rules = gen::checksum_rules()};
    gen::diagnostics found;
    const gen::lock_file lock = read(std::string(bytes), owner, found);
    versions_are_there_once(lock);
    everything_wrong_is_reported_in_the_file(lock, found);
    what_is_printed_is_read_back(lock, owner);
    if (lock.state == gen::lock_state::complete) a_draft_is_appended(lock, owner);
}

}  // namespace varve::fuzz
