#pragma once

#include "connection.hpp"

namespace varve::sqlite {

/// Makes one main database what another is, page by page, in one transaction; waits for the locks of both. Throws
/// `refusal`.
void copy_pages(const connection& from, const connection& to);

}  // namespace varve::sqlite
