SELECT 'café'; -- í €
SELECT 'ðŸ˜€';