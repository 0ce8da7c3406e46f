CREATE TABLE [it's] (`a``b` TEXT, "c""d" BLOB DEFAULT x'00', $param, :p, @q, ?1);
