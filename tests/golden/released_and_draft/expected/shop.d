out/shop.stamp: \
  migrations \
  migrations/0001_a.down.sql \
  migrations/0001_a.sql \
  migrations/0002_c.sql \
  migrations/0003_b.sql \
  migrations/sqlite.lock
