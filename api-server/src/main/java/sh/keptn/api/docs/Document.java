package sh.keptn.api.docs;

/** A collection's OpenAPI document: its name in the drop-down, and where it is served. */
enum Document {
    API_SERVICE("api-service", "/api/swagger-ui/swagger.yaml"),
    RESOURCE_SERVICE("resource-service", "/api/resource-service/swagger-ui/swagger.yaml"),
    MONGODB_DATASTORE("mongodb-datastore", "/api/mongodb-datastore/swagger-ui/swagger.yaml"),
    CONTROL_PLANE("controlPlane", "/api/controlPlane/swagger-ui/swagger.yaml");

    private final String collection;
    private final String path;

    Document(String collection, String path) {
        this.collection = collection;
        this.path = path;
    }

    String collection() {
        return collection;
    }

    String path() {
        return path;
    }

    /** Where the document stands among the resources of this program. */
    String resource() {
        return "/openapi/" + collection + ".yaml";
    }
}
