// embedding <varve> <include directory> <scratch directory>: what embedding costs while building, and at start-up.
#include "measure.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace fs = std::filesystem;
using namespace varve::bench;

namespace {

struct places {
    std::string generator;
    std::string include;
    fs::path scratch;
};

struct set {
    std::string name;
    int migrations;
    int statements;  // a migration; together about 1 KiB
};

std::string padded(int number) {
    std::string digits = std::to_string(number);
    return std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
}

// About 1 KiB a migration, in lines of the length that people write.
void write_set(const set& what, const fs::path& directory) {
    fs::create_directories(directory);
    for (int number = 1; number <= what.migrations; ++number) {
        std::ofstream file(directory / (padded(number) + "_step.sql"), std::ios::binary);
        const int columns = 17 / what.statements;
        for (int statement = 0; statement < what.statements; ++statement) {
            file << "CREATE TABLE t" << number << '_' << statement << " (\n    id bigint PRIMARY KEY";
            for (int column = 0; column < columns; ++column) {
                file << ",\n    column_" << column << " text NOT NULL DEFAULT 'something to say'";
            }
            file << "\n);\n";
        }
    }
}

std::vector<std::string> embed_command(const places& at, const set& what) {
    const std::string out = (at.scratch / what.name).string();
    return {at.generator, "embed",        "--directory", out,       "--engine",   "postgresql", "--name",
            "bench",      "--namespace",  "bench",       "--cpp",   out + ".cpp", "--header",   out + ".hpp",
            "--stamp",    out + ".stamp", "--depfile",   out + ".d"};
}

std::vector<std::string> compile_command(const places& at, const std::string& compiler, const std::string& source) {
    return {compiler, "-std=c++20", "-O2", "-fPIE", "-I" + at.include, "-c", source, "-o", source + ".o"};
}

// What people write: a table, an index on it, and changes of the table before it. 5 statements, two thirds of a KiB.
void write_varied(const fs::path& directory, int migrations) {
    fs::create_directories(directory);
    for (int number = 1; number <= migrations; ++number) {
        const std::string table = "orders_" + std::to_string(number);
        const std::string before = number == 1 ? table : "orders_" + std::to_string(number - 1);
        std::ofstream(directory / (padded(number) + "_step.sql"), std::ios::binary)
            << "-- Orders of one kind, and what is known about each of them.\nCREATE TABLE " << table
            << " (\n    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n    customer bigint NOT NULL,\n"
               "    amount numeric(10,2) NOT NULL DEFAULT 0 CHECK (amount >= 0),\n    note varchar(200),\n"
               "    made_at timestamptz NOT NULL DEFAULT now()\n);\nCREATE INDEX "
            << table << "_customer ON " << table << " (customer, made_at DESC);\nALTER TABLE " << before
            << "\n    ADD COLUMN state_" << number
            << " text NOT NULL DEFAULT 'new',\n    ALTER COLUMN note TYPE text;\n"
            << "UPDATE " << before
            << " SET note = 'none: ' || id WHERE note IS NULL AND made_at < now() - interval '1 day';\n"
            << "CREATE VIEW " << table << "_open AS\n    SELECT id, customer, amount FROM " << table
            << " WHERE amount > 0 ORDER BY made_at;\n";
    }
}

// Half of the migrations are released: lint knows what they made, and reviews the others.
void print_review(const places& at) {
    constexpr int count = 1000;
    const set what{"review_1000_of_5", count, 5};
    const fs::path directory = at.scratch / what.name;
    write_varied(directory, count / 2);
    run({at.generator, "lock", "--directory", directory.string(), "--engine", "postgresql", "--name", "bench"});
    write_varied(directory, count);
    const auto embed = [&](const char* profile) {
        std::vector<std::string> command = embed_command(at, what);
        command.insert(command.end(), {"--lint", profile});
        return run(command);
    };
    print("the review of 1,000 PostgreSQL migrations of 5 statements, half of them drafts",
          compare({{"varve embed, with the grammar, without lint", {}, [&] { return embed("off"); }},
                   {"varve embed, with the grammar and lint", {}, [&] { return embed("default"); }}},
                  9));
}

// Instructions of a whole process, by callgrind: the same every time, whatever else the machine does.
long instructions(const places& at, const std::string& program) {
    const std::string log = (at.scratch / "callgrind.log").string();
    run({"valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-file=" + log, program});
    std::ifstream file(log);
    for (std::string line; std::getline(file, line);) {
        const auto found = line.find("Collected : ");
        if (found != std::string::npos) return std::stol(line.substr(found + 12));
    }
    throw std::runtime_error("callgrind said nothing");
}

std::string program_with(const places& at, const std::string& name) {
    const std::string main = (at.scratch / "main.cpp").string();
    std::ofstream(main) << "#include \"" << name
                        << ".hpp\"\n"
                           "int main() { return bench::history.size() == 1; }\n";
    const std::string program = (at.scratch / (name + "_program")).string();
    run({"g++", "-std=c++20", "-O2", "-fPIE", "-pie", "-I" + at.include, main, (at.scratch / (name + ".cpp")).string(),
         "-o", program});
    return program;
}

void print_costs(const places& at, const set& what) {
    write_set(what, at.scratch / what.name);
    const std::string cpp = (at.scratch / what.name).string() + ".cpp";
    const std::string headers = (at.scratch / "headers.cpp").string();
    std::ofstream(headers) << "#include <varve/history.hpp>\n";
    const auto fresh = [&] { fs::remove((at.scratch / what.name).string() + ".cpp"); };
    print(what.name + ": " + std::to_string(what.migrations) + " migrations of " + std::to_string(what.statements) +
              " statement(s), 1 KiB each",
          compare({{"g++ -O2, headers only", {}, [&] { return run(compile_command(at, "g++", headers)); }},
                   {"varve embed", fresh, [&] { return run(embed_command(at, what)); }},
                   {"g++ -O2, the unit", {}, [&] { return run(compile_command(at, "g++", cpp)); }},
                   {"clang++ -O2, headers only", {}, [&] { return run(compile_command(at, "clang++", headers)); }},
                   {"clang++ -O2, the unit", {}, [&] { return run(compile_command(at, "clang++", cpp)); }}},
                  5));
}

void print_start_up(const places& at, const set& what, const set& small) {
    const long many = instructions(at, program_with(at, what.name));
    const long few = instructions(at, program_with(at, small.name));
    std::printf("  start-up: %.1f instructions a migration (callgrind, PIE)\n",
                static_cast<double>(many - few) / (what.migrations - small.migrations));
}

}  // namespace

int main(int count, char** words) try {
    if (count != 4) throw std::runtime_error("usage: embedding <varve> <include directory> <scratch directory>");
    const places at{words[1], words[2], words[3]};
    const set small{"embed_10_of_1", 10, 1};
    const set one{"embed_10000_of_1", 10'000, 1};
    const set five{"embed_10000_of_5", 10'000, 5};
    write_set(small, at.scratch / small.name);
    run(embed_command(at, small));
    print_review(at);
    print_costs(at, one);
    print_start_up(at, one, small);
    print_costs(at, five);
    return 0;
} catch (const std::exception& failure) {
    std::cerr << "embedding: " << failure.what() << '\n';
    return 1;
}
