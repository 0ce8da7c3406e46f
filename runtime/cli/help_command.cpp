#include "aliases.hpp"
#include "commands.hpp"
#include "help_text.hpp"
#include "write.hpp"

namespace varve::cli {

int run_help(session& of) {
    if (of.asked.words.empty()) {
        write(*of.where.out, help_text());
        return static_cast<int>(exit_code::success);
    }
    const alias* const typed = find_alias(of.asked.words.front());
    const command* const about = find_command(typed == nullptr ? of.asked.words.front() : typed->ours);
    if (about == nullptr) refuse({"there is no command `", of.asked.words.front(), "`"}, {"`help` lists them"});
    write(*of.where.out, help_text(*about));
    return static_cast<int>(exit_code::success);
}

}  // namespace varve::cli
