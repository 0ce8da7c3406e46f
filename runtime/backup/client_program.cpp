#include "client_program.hpp"

#include "core/raise.hpp"

#if __has_include(<boost/process/v2.hpp>)
#include <boost/process/v2.hpp>
#else
#include <boost/process.hpp>
#endif

#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/readable_pipe.hpp>

#include <unistd.h>

#include <string_view>

namespace varve::backup {
namespace {

namespace process = boost::process::v2;

std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables) {
    std::vector<std::string> result;
    for (char** each = ::environ; each != nullptr && *each != nullptr; ++each) {
        const std::string_view line = *each;
        if (!variables.contains(std::string(line.substr(0, line.find('='))))) result.emplace_back(line);
    }
    for (const auto& [name, value] : variables) {
        std::string line = name;
        line += '=';
        line += value;
        result.push_back(std::move(line));
    }
    return result;
}

// Boost's own initializer is compiled in a part that headers alone do not have.
class with_environment {
public:
    explicit with_environment(const std::vector<std::string>& lines) {
        for (const auto& each : lines) pointers_.push_back(each.c_str());
        pointers_.push_back(nullptr);
    }
    template <typename Launcher, typename... Rest>
    process::error_code on_setup(Launcher& launcher, const process::filesystem::path&, Rest&&...) const {
        launcher.env = pointers_.data();
        return {};
    }

private:
    std::vector<const char*> pointers_;
};

}  // namespace

ending run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
           const std::map<std::string, std::string>& variables) {
    boost::asio::io_context context;
    boost::asio::readable_pipe errors(context);
    const std::vector<std::string> environment = environment_with(variables);
    try {
        process::process child(context, program.native(), arguments,
                               process::process_stdio{.in = nullptr, .out = nullptr, .err = errors},
                               with_environment(environment));
        ending result;
        boost::system::error_code at_the_end;
        boost::asio::read(errors, boost::asio::dynamic_buffer(result.said), at_the_end);
        result.code = child.wait();
        return result;
    } catch (const boost::system::system_error& refused) {
        core::raise(error_code::backup_failed, {"cannot run ", program.native(), ": ", refused.what()}, "");
    }
}

}  // namespace varve::backup
