#include "commands.hpp"
#include "json.hpp"
#include "write.hpp"

namespace varve::cli {

int run_protect(session& of) {
    const protection wanted = of.asked.off ? protection::off : protection::on;
    set_protection(of.database, of.known, wanted, of.how);
    if (of.asked.format == output::json) {
        write(*of.where.out, json_object().text("command", "protect").flag("protected", !of.asked.off).line());
    } else {
        write(*of.where.out, of.asked.off ? "not protected any more\n" : "protected: reset and restore are refused\n");
    }
    return static_cast<int>(exit_code::success);
}

}  // namespace varve::cli
