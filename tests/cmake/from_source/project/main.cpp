#include <shop_schema.hpp>
#include <varve/command_line.hpp>
#include <varve/sqlite.hpp>

int main(int argc, char** argv) {
    varve::sqlite_engine database("shop.db");
    return varve::command_line(database, shop_schema::history, {argv + 1, argv + argc});
}
