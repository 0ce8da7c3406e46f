#include <orders/orders.hpp>
#include <orders_schema.hpp>

int main() { return orders::history().size() == 2 && &orders::history() == &orders_schema::history ? 0 : 1; }
