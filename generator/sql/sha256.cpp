#include <sql/checksum.hpp>

#include <openssl/evp.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace varve::generator {
namespace {

struct digest_context_deleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using digest_context = std::unique_ptr<EVP_MD_CTX, digest_context_deleter>;

/// Looking up the algorithm costs more than hashing a small script, so it is done once a thread.
digest_context& prepared_context() {
    thread_local digest_context prepared = [] {
        digest_context created(EVP_MD_CTX_new());
        if (!created || EVP_DigestInit_ex(created.get(), EVP_sha256(), nullptr) != 1) {
            throw std::runtime_error(
                "OpenSSL's libcrypto offers no SHA-256: is its configuration (openssl.cnf) valid?");
        }
        return created;
    }();
    return prepared;
}

digest digest_of(const std::array<unsigned char, 32>& bytes) {
    digest result;
    for (std::size_t i = 0; i < bytes.size(); ++i) result.words[i / 8] = result.words[i / 8] << 8 | bytes[i];
    return result;
}

}  // namespace

digest sha256(std::string_view bytes) {
    EVP_MD_CTX* const hashing = prepared_context().get();
    std::array<unsigned char, 32> result{};
    unsigned size = 0;
    const bool hashed = EVP_DigestInit_ex(hashing, nullptr, nullptr) == 1 &&
                        EVP_DigestUpdate(hashing, bytes.data(), bytes.size()) == 1 &&
                        EVP_DigestFinal_ex(hashing, result.data(), &size) == 1 && size == result.size();
    if (!hashed) throw std::runtime_error("OpenSSL's libcrypto could not compute SHA-256");
    return digest_of(result);
}

}  // namespace varve::generator
