#include <commands/command_line.hpp>

#include <iostream>

int main(int argc, char** argv) { return varve::generator::run(argc, argv, std::cout, std::cerr); }
