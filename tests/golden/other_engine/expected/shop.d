out/shop.stamp: \
  migrations \
  migrations/0001_a.sqlite.sql \
  migrations/0002_b.sql
