out/shop.stamp: \
  migrations \
  migrations/0001_crlf.sql
