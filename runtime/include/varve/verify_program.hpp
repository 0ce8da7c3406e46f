#pragma once

#include <varve/history.hpp>
#include <varve/verify.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The program that add_db_migrations(... VERIFY) makes. Reference: docs/verify.md
namespace varve {

/// What the program was made for.
struct verify_task {
    const history* what = nullptr;
    std::vector<const history*> first{};    ///< applied before it: what it depends on
    std::string directory{};                ///< of the migrations, as it is to be printed
    std::string cache{};                    ///< where a run may leave what the next one begins from; empty: nowhere
    std::string programs{};                 ///< the directory of PostgreSQL's programs; empty: they are looked for
    std::vector<std::string> functions{};   ///< SQLite: what the application registers, `slugify/1`
    std::vector<std::string> collations{};  ///< the same
};

/// Runs the program: 0 if the history is right, 1 if it is not, 2 if that could not be found out. Prints what is wrong
/// like a compiler to standard error and one line to standard output.
int verify_on_sqlite(const verify_task&, std::span<char* const> arguments);
/// The same. Needs the library varve::scratch.
int verify_on_postgresql(const verify_task&, std::span<char* const> arguments);

/// What both are: reads the arguments, lets `prove` do it, prints.
int run_verify_program(verify_task, std::span<char* const> arguments,
                       const std::function<verify_report(const verify_task&)>& prove);

}  // namespace varve
