SELECT 'ab';
-- a
SELECT 1;SELECT 2;
