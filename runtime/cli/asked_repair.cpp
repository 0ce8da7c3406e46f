#include "asked_repair.hpp"

namespace varve::cli {

repair_request asked_repair(const invocation& given) {
    constexpr std::string_view help = "see `help repair`";
    if (!given.repair) {
        refuse(
            {"repair needs to be told what is true: --statement N --done, --statement N --not-done, --not-applied or "
             "--accept"},
            {help});
    }
    const bool about_one =
        given.repair == repair_kind::statement_done || given.repair == repair_kind::statement_not_done;
    if (about_one && given.statement == 0) refuse({"which statement? --statement N"}, {"`status` names it"});
    if (!about_one && given.statement != 0) refuse({"--statement goes with --done or --not-done"}, {help});
    if (!given.reason || given.reason->empty()) {
        refuse({"repair needs --reason TEXT"}, {"say what was found in the database; the ledger keeps it"});
    }
    return {.version = given.versions.front(), .what = *given.repair, .statement = given.statement};
}

}  // namespace varve::cli
