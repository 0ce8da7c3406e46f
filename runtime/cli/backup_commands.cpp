#include "backup.hpp"
#include "commands.hpp"
#include "confirmation.hpp"
#include "json.hpp"
#include "plain_text.hpp"
#include "write.hpp"

#include "core/raise.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <istream>

namespace varve::cli {
namespace {

// `20260107-093000`, UTC: sorted by name is sorted by time.
std::string time_in_a_name() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss<std::chrono::seconds> time(now - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d%02u%02u-%02d%02d%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

std::string own_name(const backup_method& how) {
    const auto [name, ending] = how.name_and_ending();
    return joined({name, "-", time_in_a_name(), ending});
}

void refuse_if_protected(const session& of) {
    if (protection_of(of.database) == protection::off) return;
    core::raise(error_code::is_protected, {of.database.location(), " is protected: no backup may be restored over it"},
                "`log` says by whom and why; `protect --off` ends it");
}

bool may_restore(const session& of, const std::string& file) {
    if (!must_ask(of)) return true;
    write(*of.where.err, joined({"about to replace everything in ", printable(of.database.location()), " by ",
                                 printable(file), "\ngo on? [y/N] "}));
    return read_answer(of) == answer::yes;
}

}  // namespace

backup_method& backup_of(const session& of) {
    if (of.tools == nullptr || of.tools->backup() == nullptr) {
        refuse({"this program was built without backups"},
               {"link varve::backup and pass command_line `tools_of(engine).with(backup)`; see docs/backup.md"});
    }
    return *of.tools->backup();
}

std::string save_backup(const session& of, const std::string& file) {
    backup_method& how = backup_of(of);
    std::string name = file.empty() ? own_name(how) : file;
    how.save(name);
    return name;
}

void save_backup_first(const session& of) {
    if (!of.asked.backup || of.how.mode == run_mode::dry) return;
    write(*of.where.err, joined({"saved to ", printable(save_backup(of)), "\n"}));
}

int run_backup(session& of) {
    const std::string file = save_backup(of, of.asked.words.empty() ? std::string() : of.asked.words.front());
    if (of.asked.format == output::json) {
        write(*of.where.out, json_object().text("command", "backup").text("file", file).line());
    } else {
        write(*of.where.out, joined({"saved to ", printable(file), "\n"}));
    }
    return static_cast<int>(exit_code::success);
}

int run_restore(session& of) {
    backup_method& how = backup_of(of);
    check_can_ask(of);
    refuse_if_protected(of);
    const std::string& file = of.asked.words.front();
    if (!may_restore(of, file)) {
        write(*of.where.err, "nothing was done\n");
        return static_cast<int>(exit_code::failed);
    }
    how.restore(file);
    if (of.asked.format == output::json) {
        write(*of.where.out, json_object().text("command", "restore").text("file", file).line());
    } else {
        write(*of.where.out, joined({"restored from ", printable(file), "\n"}));
    }
    return static_cast<int>(exit_code::success);
}

}  // namespace varve::cli
