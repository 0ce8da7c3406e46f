#include <audit_schema.hpp>
#include <billing_schema.hpp>
#include <shop_schema.hpp>
#include <varve/history.hpp>

#include <cstdio>

const varve::history& orders_history();

int main() {
    for (const varve::history* history :
         {&orders_history(), &billing_schema::history, &shop_schema::history, &audit_schema::history})
        std::printf("%.*s %d\n", static_cast<int>(history->name.size()), history->name.data(),
                    static_cast<int>(history->size()));
}
