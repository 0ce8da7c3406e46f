#include <orders/orders.hpp>
#include <orders_schema.hpp>

const varve::history& orders::history() { return orders_schema::history; }
