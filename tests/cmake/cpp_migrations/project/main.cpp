int migrate_and_print();
int main() { return migrate_and_print(); }
