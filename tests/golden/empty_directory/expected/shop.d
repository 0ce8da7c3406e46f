out/shop.stamp: \
  migrations
