out/shop.stamp: \
  migrations \
  migrations/0001_reserved.down.sql \
  migrations/0001_reserved.sql
