\copy t FROM 'x'
SELECT 1;\gset
\. 
\