out/shop.stamp: \
  migrations \
  migrations/0001_create_users.down.sql \
  migrations/0001_create_users.sql \
  migrations/0002_add_posts.sql
