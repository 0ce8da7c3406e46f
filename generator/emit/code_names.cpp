#include <emit/code_names.hpp>

namespace varve::generator {

std::string function_name(direction which, std::int64_t version) {
    return (which == direction::up ? "up_of_" : "down_of_") + std::to_string(version);
}

std::string declarations_of(std::int64_t version, const code_source& code) {
    const bool in_batches = code.up == code_source::up_form::batches;
    std::string lines = "void " + function_name(direction::up, version) +
                        (in_batches ? "(::varve::batches&);\n" : "(::varve::transaction&);\n");
    if (code.has_down) lines += "void " + function_name(direction::down, version) + "(::varve::transaction&);\n";
    return lines;
}

std::string opened_namespace(std::string_view name_space) {
    return "namespace " + std::string(name_space) + "::inline contract_" + std::to_string(contract_number) + " {\n";
}

}  // namespace varve::generator
