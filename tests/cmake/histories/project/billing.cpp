#include <billing_schema.hpp>

const char* billing_first_name();
const char* billing_first_name() { return billing_schema::history.name.data(); }
