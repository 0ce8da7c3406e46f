// Thousands of random lives of a database: programs of a main branch that only grows, with drafts that come, change,
// move and go; older and newer binaries; every operation; rows deleted by hand. After every step of every life the
// fast question and the plan must agree, and the ledger must have forgotten nothing.
#include "shop.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <utility>

namespace varve::testing {
namespace {

constexpr int lives = 1500;
constexpr int steps_of_a_life = 24;

/// A world in which a database lives.
class life {
public:
    explicit life(unsigned seed) : random_(seed) { build(); }

    /// One thing happens; then everything must still be true.
    void go_on() {
        const auto before = data_.now.rows;
        deleted_ = 0;
        what_happens();
        expect_nothing_forgotten(before);
        for (const auto& each : programs_) expect_agreement(each->get());
    }

private:
    std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }
    bool one_in(std::size_t chances) { return below(chances) == 0; }

    void what_happens() {
        switch (below(16)) {
            case 0:
                return add_draft();
            case 1:
                return edit_draft();
            case 2:
                return move_draft();
            case 3:
                return drop_draft();
            case 4:
            case 5:
                return release();
            case 6:
                return delete_row();
            default:
                return operate();
        }
    }

    // The main branch and its drafts.

    void add_draft() {
        migration_text fresh{.version = free_version(), .name = "m" + std::to_string(++names_), .released = false};
        fresh.up = {"INSERT " + fresh.name};
        if (one_in(3)) fresh.up.push_back("UPDATE " + fresh.name);
        if (!one_in(4)) fresh.down = {"DELETE " + fresh.name};
        if (one_in(5)) fresh.mode = transaction_mode::no_transaction;
        if (one_in(8)) fresh.up.push_back("FAIL " + fresh.name);
        if (one_in(12)) fresh.breaks_older = true;
        if (one_in(6) && !released_.empty()) fresh.depends = {{"", released_[below(released_.size())].version}};
        drafts_.push_back(fresh);
        build();
    }

    std::int64_t free_version() {
        const auto taken = [&](std::int64_t version) {
            const auto is = [&](const migration_text& each) { return each.version == version; };
            return std::any_of(released_.begin(), released_.end(), is) ||
                   std::any_of(drafts_.begin(), drafts_.end(), is);
        };
        auto version = static_cast<std::int64_t>(1 + below(30));
        while (taken(version)) ++version;
        return version;
    }

    void edit_draft() {
        if (drafts_.empty()) return;
        auto& draft = drafts_[below(drafts_.size())];
        draft.edit += "x";
        if (draft.up.back().starts_with("FAIL")) draft.up.pop_back();
        build();
    }

    void move_draft() {
        if (drafts_.empty()) return;
        const auto version = free_version();
        drafts_[below(drafts_.size())].version = version;
        build();
    }

    void drop_draft() {
        if (drafts_.empty()) return;
        drafts_.erase(drafts_.begin() + static_cast<std::ptrdiff_t>(below(drafts_.size())));
        build();
    }

    void release() {
        if (drafts_.empty()) return;
        const auto chosen = drafts_.begin() + static_cast<std::ptrdiff_t>(below(drafts_.size()));
        released_.push_back(*chosen);
        released_.back().released = true;
        drafts_.erase(chosen);
        build();
    }

    void build() {
        auto all = released_;
        auto sorted = drafts_;
        std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.version < b.version; });
        all.insert(all.end(), sorted.begin(), sorted.end());
        programs_.push_back(std::make_unique<built_history>("shop", engine_kind::sqlite, all));
        if (programs_.size() > 4) programs_.erase(programs_.begin());
    }

    // The database.

    void delete_row() {
        std::vector<std::int64_t> ids;
        for (const auto& [id, row] : data_.now.rows) {
            if (row.active() && row.history == "shop" && id != data_.now.rows.rbegin()->first) ids.push_back(id);
        }
        if (ids.empty()) return;
        deleted_ = ids[below(ids.size())];
        data_.remove_row(deleted_);
    }

    options random_options(const history& shop) {
        options how = impatient();
        if (one_in(3)) how.transactions = one_in(2) ? grouping::each : grouping::all;
        if (one_in(3)) how.when_out_of_order = out_of_order::allow;
        if (one_in(6)) how.mode = run_mode::dry;
        if (one_in(5)) how.to = target::version(some_version(shop));
        return how;
    }

    std::int64_t some_version(const history& shop) { return shop.empty() ? 1 : shop[below(shop.size())].version(); }

    void operate() {
        const history& shop = one_in(3) ? programs_[below(programs_.size())]->get() : programs_.back()->get();
        fake_engine db(data_);
        try {
            perform_random(db, shop, random_options(shop));
        } catch (const error& failure) {
            EXPECT_TRUE(failure.code() == error_code::diverged || failure.code() == error_code::statement_failed)
                << failure.what();
        }
        EXPECT_EQ(data_.lock_owner, nullptr);
    }

    void perform_random(engine& db, const history& shop, const options& how) {
        switch (below(14)) {
            case 0:
                return (void)skip(db, shop, some_version(shop), how);
            case 1:
                return (void)baseline(db, shop, some_version(shop), how);
            case 2:
                return (void)rollback(db, shop, rollback_to::last(1 + below(3)), how);
            case 3:
                return (void)rollback(db, shop, rollback_to::version(some_version(shop)), how);
            case 4:
                return (void)redo(db, shop, std::nullopt, how);
            case 5:
                return (void)redo(db, shop, some_version(shop), how);
            case 6:
            case 7:
                return renumber_if_needed(db, shop, how);
            default:
                return migrate_and_expect(db, shop, how);
        }
    }

    void renumber_if_needed(engine& db, const history& shop, const options& how) {
        for (const auto& each : plan_for(db, shop).problems) {
            if (each.kind != problem_kind::renumbered) continue;
            for (const auto& row : log(db, shop)) {
                if (!row.active() || row.name != each.name) continue;
                return (void)renumber(db, shop, *row.version, each.version, how);
            }
        }
    }

    void migrate_and_expect(engine& db, const history& shop, const options& how) {
        (void)migrate(db, shop, how);
        if (how.mode == run_mode::dry || !how.to.is_newest()) return;
        EXPECT_EQ(check(db, shop), database_state::current);
    }

    // What must be true.

    void expect_agreement(const history& shop) {
        fake_engine db(data_);
        const std::vector<expected_marks> marks{{data_.ledger_history.get().name, data_.ledger_history.get().mark_count,
                                                 data_.ledger_history.get().mark_sum},
                                                {shop.name, shop.mark_count, shop.mark_sum}};
        const bool fast_yes = db.is_current(marks);
        const plan made = plan_for(db, shop);
        EXPECT_TRUE(!fast_yes || (made.ok() && made.steps.empty()));
        EXPECT_TRUE(!rows_equal(shop) || fast_yes);
        EXPECT_TRUE(made.ok() || made.steps.empty());
        EXPECT_EQ(check(db, shop) == database_state::current, made.ok() && made.steps.empty() && has_ledger());
    }

    [[nodiscard]] bool has_ledger() const { return data_.has_table("varve_ledger"); }

    [[nodiscard]] bool rows_equal(const history& shop) const {
        std::vector<std::pair<std::int64_t, std::string>> ours;
        std::vector<std::pair<std::int64_t, std::string>> theirs;
        for (std::size_t each = 0; each < shop.size(); ++each) {
            ours.emplace_back(shop[each].version(), to_string(shop[each].up().checksum()));
        }
        for (const auto& [id, row] : data_.now.rows) {
            if (row.history != "shop" || !row.active()) continue;
            if (row.state != entry_state::applied) return false;
            theirs.emplace_back(*row.version, row.checksum);
        }
        std::sort(ours.begin(), ours.end());
        std::sort(theirs.begin(), theirs.end());
        return has_ledger() && ours == theirs;
    }

    void expect_nothing_forgotten(const std::map<std::int64_t, ledger_entry>& before) const {
        const std::int64_t newest = before.empty() ? 0 : before.rbegin()->first;
        for (const auto& [id, row] : before) {
            if (id == deleted_) continue;
            const auto found = data_.now.rows.find(id);
            ASSERT_NE(found, data_.now.rows.end());
            EXPECT_EQ(found->second.version, row.version);
            EXPECT_EQ(found->second.checksum, row.checksum);
            EXPECT_EQ(found->second.applied_at, row.applied_at);
            EXPECT_TRUE(row.active() || !found->second.active());
        }
        for (const auto& [id, row] : data_.now.rows) {
            EXPECT_TRUE(before.count(id) != 0 || id > newest);
            EXPECT_TRUE(!row.active() || row.slot == "v:" + std::to_string(*row.version));
            EXPECT_EQ(row.mark.has_value(), row.active());
        }
    }

    std::mt19937 random_;
    fake_database data_;
    std::vector<migration_text> released_;
    std::vector<migration_text> drafts_;
    std::vector<std::unique_ptr<built_history>> programs_;
    int names_ = 0;
    std::int64_t deleted_ = 0;
};

TEST(Property, TheFastQuestionAndThePlanAgreeInEveryLife) {
    for (unsigned seed = 1; seed <= lives; ++seed) {
        life one(seed);
        for (int step = 0; step < steps_of_a_life; ++step) {
            one.go_on();
            ASSERT_FALSE(HasFailure()) << "seed " << seed << ", step " << step;
        }
    }
}

}  // namespace
}  // namespace varve::testing
