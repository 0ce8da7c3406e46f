#include "raise.hpp"

#include <utility>

namespace varve::core {

error made_error(error_code code, pieces message, std::string_view hint) {
    error_details details;
    details.code = code;
    append(details.message, message);
    details.hint = hint;
    return error(std::move(details));
}

void raise(error_code code, pieces message, std::string_view hint) { throw made_error(code, message, hint); }

}  // namespace varve::core
