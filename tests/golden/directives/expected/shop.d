out/shop.stamp: \
  migrations \
  migrations/0001_create_users.sql \
  migrations/0002_index_email.sql \
  migrations/0003_drop_users.sql
