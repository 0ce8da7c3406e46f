out/shop.stamp: \
  migrations \
  migrations/0001_long_line.sql
