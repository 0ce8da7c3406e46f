#include "raise.hpp"

#include <utility>

namespace varve::core {

void raise(error_code code, pieces message, std::string_view hint) {
    error_details details;
    details.code = code;
    append(details.message, message);
    details.hint = hint;
    throw error(std::move(details));
}

}  // namespace varve::core
