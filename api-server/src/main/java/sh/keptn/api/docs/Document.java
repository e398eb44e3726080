package sh.keptn.api.docs;

/** A collection's documents: its name in the drop-down, and where Keptn's clients find it as Swagger 2.0. */
enum Document {
    API_SERVICE("api-service", "/api/swagger-ui/swagger.yaml"),
    RESOURCE_SERVICE("resource-service", "/api/resource-service/swagger-ui/swagger.yaml"),
    MONGODB_DATASTORE("mongodb-datastore", "/api/mongodb-datastore/swagger-ui/swagger.yaml"),
    CONTROL_PLANE("controlPlane", "/api/controlPlane/swagger-ui/swagger.yaml"),
    STATISTICS("statistics", "/api/statistics/swagger-ui/swagger.yaml"),
    CONFIGURATION_SERVICE("configuration-service", "/api/configuration-service/swagger-ui/swagger.yaml"),
    SECRETS("secrets", "/api/secrets/swagger-ui/swagger.yaml"),
    WEBHOOKS("webhooks", "/api/webhooks/swagger-ui/swagger.yaml");

    private final String collection;
    private final String swaggerPath;

    Document(String collection, String swaggerPath) {
        this.collection = collection;
        this.swaggerPath = swaggerPath;
    }

    String collection() {
        return collection;
    }

    /** Where it is served as Swagger 2.0. */
    String swaggerPath() {
        return swaggerPath;
    }

    /** Where it is served as OpenAPI 3.1. */
    String path() {
        return swaggerPath.replace("swagger.yaml", "openapi.yaml");
    }

    /** Where the document stands among the resources of this program; the build makes it (module openapi). */
    String resource() {
        return "/openapi/" + collection + ".yaml";
    }

    /** The same as Swagger 2.0. */
    String swaggerResource() {
        return "/openapi/" + collection + ".swagger.yaml";
    }
}
