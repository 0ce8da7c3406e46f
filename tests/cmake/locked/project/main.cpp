#include <shop_schema.hpp>

int main() { return shop_schema::history.size() == 2 && shop_schema::history.name == "shop" ? 0 : 1; }
