#include <orders_schema.hpp>

const varve::history& orders_history();
const varve::history& orders_history() { return orders_schema::history; }
