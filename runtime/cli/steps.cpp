#include "steps.hpp"

#include "plain_text.hpp"

namespace varve::cli {

bool runs_script(const step& of) { return of.source != script_source::none; }

std::string title_of(const step& of, const histories& known) {
    std::string title;
    if (known.all().size() > 1 && of.owner != nullptr) append(title, {of.owner->name, " "});
    if (of.what != step_kind::schema) append(title, {of.version, " "});
    append(title, {printable(of.name)});
    return title;
}

}  // namespace varve::cli
