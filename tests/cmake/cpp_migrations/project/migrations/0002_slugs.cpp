// varve: description Slugs of the posts that have none
#include <varve/transaction.hpp>

#include <algorithm>
#include <string>

namespace {

std::string slug_of(std::string title) {
    std::replace(title.begin(), title.end(), ' ', '-');
    return title;
}

}  // namespace

void up(varve::transaction& in) {
    for (const varve::row& each : in.query("SELECT id, title FROM posts WHERE slug IS NULL"))
        in.execute("UPDATE posts SET slug = $1 WHERE id = $2", slug_of(each.get<std::string>("title")),
                   each.get<int>("id"));
}

void down(varve::transaction& in) { in.execute("UPDATE posts SET slug = NULL"); }
