SELECT 'sqlite';
