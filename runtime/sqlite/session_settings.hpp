#pragma once

#include "connection.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace varve::sqlite {

/// True for a statement that may change a setting of the session.
[[nodiscard]] bool is_pragma(std::string_view sql) noexcept;

/// What a script's PRAGMA may change for the rest of the session. Put back on destruction.
class session_settings {
public:
    /// Remembers what they are. Throws `refusal`.
    explicit session_settings(const connection&);
    session_settings(const session_settings&) = delete;
    session_settings& operator=(const session_settings&) = delete;
    ~session_settings() { put_back(); }

    void put_back() noexcept;

private:
    const connection& connection_;
    std::vector<std::pair<std::string_view, std::string>> values_;
};

}  // namespace varve::sqlite
