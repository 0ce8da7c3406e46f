#include "write.hpp"

#include <ostream>

namespace varve::cli {

void write(std::ostream& to, std::string_view text) {
    to.write(text.data(), static_cast<std::streamsize>(text.size()));
    to.flush();
}

}  // namespace varve::cli
