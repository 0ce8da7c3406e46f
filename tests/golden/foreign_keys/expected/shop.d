out/shop.stamp: \
  migrations \
  migrations/0001_rebuild.sql
