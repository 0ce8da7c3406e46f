#include "steps.hpp"

#include "plain_text.hpp"

namespace varve::cli {

bool runs_script(const step& of) { return of.source != script_source::none; }

std::string title_of(const step& of, const histories& known) {
    std::string title;
    if (known.all().size() > 1 && of.owner != nullptr) title += std::string(of.owner->name) + ' ';
    return title + std::to_string(of.version) + ' ' + printable(of.name);
}

}  // namespace varve::cli
