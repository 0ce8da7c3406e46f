#include <sql/postgresql_parser.hpp>

#include <sql/guarded_worker.hpp>
#include <sql/libpg_query.hpp>

#include <cstring>
#include <type_traits>

namespace varve::generator {
namespace {

/// Both ends are this program, so values travel as they are in memory.
class message_writer {
public:
    template <typename Value>
    message_writer& value(Value one) {
        static_assert(std::is_trivially_copyable_v<Value>);
        bytes_.append(reinterpret_cast<const char*>(&one), sizeof one);
        return *this;
    }
    message_writer& text(std::string_view one) {
        value(one.size());
        bytes_.append(one);
        return *this;
    }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

class message_reader {
public:
    explicit message_reader(std::string_view bytes) : left_(bytes) {}

    template <typename Value>
    Value value() {
        Value one{};
        std::memcpy(&one, left_.data(), sizeof one);
        left_.remove_prefix(sizeof one);
        return one;
    }
    std::string text() {
        const auto size = value<std::size_t>();
        std::string one(left_.substr(0, size));
        left_.remove_prefix(size);
        return one;
    }
    [[nodiscard]] bool empty() const { return left_.empty(); }

private:
    std::string_view left_;
};

void write(message_writer& out, const parsed_statement& parsed) {
    out.text(parsed.tree).text(parsed.crash).value(parsed.body_ends_transactions);
    out.value(parsed.failure.has_value());
    if (parsed.failure) out.text(parsed.failure->message).value(parsed.failure->offset).value(parsed.failure->exact);
    out.value(parsed.body.has_value());
    if (parsed.body) out.text(parsed.body->message).value(parsed.body->line).value(parsed.body->certain);
}

parsed_statement read(message_reader& in) {
    parsed_statement parsed;
    parsed.tree = in.text();
    parsed.crash = in.text();
    parsed.body_ends_transactions = in.value<bool>();
    if (in.value<bool>()) {
        syntax_failure& failure = parsed.failure.emplace();
        failure.message = in.text();
        failure.offset = in.value<std::size_t>();
        failure.exact = in.value<bool>();
    }
    if (in.value<bool>()) {
        body_failure& body = parsed.body.emplace();
        body.message = in.text();
        body.line = in.value<std::uint32_t>();
        body.certain = in.value<bool>();
    }
    return parsed;
}

/// Runs in the worker.
std::string parse_all(std::string_view request) {
    message_reader in(request);
    message_writer out;
    while (!in.empty()) write(out, parse_with_libpg_query(in.text()));
    return out.take();
}

std::string request_for(std::span<const std::string> statements) {
    message_writer request;
    for (const std::string& each : statements) request.text(each);
    return request.take();
}

}  // namespace

std::vector<parsed_statement> parse_postgresql(std::span<const std::string> statements) {
    if (!postgresql_parser_version() || statements.empty()) return std::vector<parsed_statement>(statements.size());
    static guarded_worker worker(parse_all);
    const guarded_answer answer = worker.ask(request_for(statements));
    std::vector<parsed_statement> parsed;
    parsed.reserve(statements.size());
    if (answer.death.empty()) {
        message_reader in(answer.bytes);
        while (parsed.size() < statements.size()) parsed.push_back(read(in));
    } else if (statements.size() == 1) {
        parsed.emplace_back().crash = answer.death;
    } else {
        // One of them did it; each is asked alone, so that the others keep their trees.
        for (const std::string& each : statements) {
            parsed.push_back(std::move(parse_postgresql(std::span(&each, 1)).front()));
        }
    }
    return parsed;
}

}  // namespace varve::generator
