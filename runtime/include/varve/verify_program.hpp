#pragma once

#include <varve/drift.hpp>
#include <varve/history.hpp>
#include <varve/verify.hpp>

#include <functional>
#include <memory>
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
    std::string master{};                   ///< the master file's path; empty: there is none
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

/// The program behind the target `<target>.schema`: applies the history to a database of its own and writes its schema,
/// as `show-schema` prints it, to the file that is its argument. 0 if it is there, 2 if it could not be written.
int write_schema_on_sqlite(const verify_task&, std::span<char* const> arguments);
/// The same. Needs the library varve::scratch.
int write_schema_on_postgresql(const verify_task&, std::span<char* const> arguments);

/// What both are: reads the arguments, lets `prove` do it, prints.
int run_verify_program(verify_task, std::span<char* const> arguments,
                       const std::function<verify_report(const verify_task&)>& prove);
int run_schema_program(const verify_task&, std::span<char* const> arguments,
                       const std::function<std::unique_ptr<scratch_schema>()>& make_scratch);

}  // namespace varve
