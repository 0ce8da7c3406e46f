#include "given_server.hpp"

#include "postgresql_scratch.hpp"

namespace varve::scratch {

verify_report verify_in_own_database(scratch_databases& on, const std::vector<const history*>& first,
                                     const history& what) {
    std::string name = on.make();
    verify_report report;
    {  // nobody is connected any more when it is dropped
        postgresql_scratch database(on.uri_of(name), [&] {
            on.drop(name);
            name = on.make();
            return on.uri_of(name);
        });
        report = verify(database, first, what);
    }
    on.drop(name);
    return report;
}

verify_report verify_on_given_server(const verify_task& task, const std::string& uri) {
    scratch_databases on(uri, scratch_databases::server::somebody_elses, where_to_create_databases);
    return verify_in_own_database(on, task.first, *task.what);
}

}  // namespace varve::scratch
