#include "read_only_look.hpp"

namespace varve::postgresql {

std::string for_everything(std::string text) {
    for (const std::string_view parameter : {"$1", "$2", "$3"})
        for (std::size_t at = text.find(parameter); at != std::string::npos; at = text.find(parameter, at))
            text.replace(at, parameter.size(), "NULL::oid[]");
    return text;
}

}  // namespace varve::postgresql
