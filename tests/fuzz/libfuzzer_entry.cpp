// What libFuzzer calls; VARVE_FUZZ_TARGET is the target that this program is made for.
#include "targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    varve::fuzz::VARVE_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
