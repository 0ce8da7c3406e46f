out/shop.stamp: \
  migrations \
  migrations/0001_quotes.sql
