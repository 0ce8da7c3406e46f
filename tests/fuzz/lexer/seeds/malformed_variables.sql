SELECT 1${a};
SELECT ${;
SELECT '${a}'${b};
