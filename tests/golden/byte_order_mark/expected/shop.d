out/shop.stamp: \
  migrations \
  migrations/0001_bom.sql \
  migrations/0002_bom_only.sql
