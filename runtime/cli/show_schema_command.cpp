#include "commands.hpp"
#include "json.hpp"
#include "write.hpp"

namespace varve::cli {

int run_show_schema(session& of) {
    if (of.tools == nullptr || !of.tools->show_schema()) {
        refuse({"this program's command line was not told how to read a schema"},
               {"pass command_line an engine of its own type, or `varve::tools_of(engine)`"});
    }
    const std::string text = of.tools->show_schema()();
    if (of.asked.format == output::json) {
        write(*of.where.out, json_object().text("command", "show-schema").text("schema", text).line());
    } else {
        write(*of.where.out, text);
    }
    return static_cast<int>(exit_code::success);
}

}  // namespace varve::cli
