package sh.keptn.api.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.ApiExtension;

/** The server and its documents know the same operations. */
class RoutesIT {
    /** Health, redirects and the page itself: no operations of Keptn's API. */
    private static final List<String> NO_OPERATIONS = List.of(
            "GET /api",
            "GET /api/health",
            "GET /nginx-health",
            "GET /api/controlPlane/health",
            "GET /api/resource-service/health");

    @RegisterExtension
    static final ApiExtension api = new ApiExtension();

    @Test
    void describesEveryRouteThatIsAnOperation() {
        // given
        Set<String> documented = normalized(Documented.all().stream().map(Documented::toString));
        // when
        Set<String> routes = normalized(api.routes().described().stream()
                .filter(route -> !NO_OPERATIONS.contains(route) && !route.contains("/swagger-ui/"))
                .flatMap(RoutesIT::methods));
        // then
        assertThat(routes).isNotEmpty().isSubsetOf(documented);
    }

    @Test
    void hasARouteForEveryOperationThatIsDescribed() {
        // given
        Set<String> routes =
                normalized(Stream.concat(api.routes().described().stream(), api.routes().describedInternal().stream())
                        .flatMap(RoutesIT::methods));
        // when
        Set<String> documented = normalized(Documented.all().stream().map(Documented::toString));
        // then
        assertThat(documented).isNotEmpty().isSubsetOf(routes);
    }

    @Test
    void keepsExactlyThoseOperationsInsideThatTheDocumentsCallInternal() {
        // given
        Set<String> internal =
                normalized(api.routes().describedInternal().stream().flatMap(RoutesIT::methods));
        // when
        Set<String> described = normalized(Documented.all().stream()
                .filter(operation -> operation.operation().path("x-internal").asBoolean())
                .map(Documented::toString));
        // then
        assertThat(described).isNotEmpty().isSubsetOf(internal);
    }

    /** A route for every method stands for those that an operation of its path can have. */
    private static Stream<String> methods(String route) {
        if (!route.startsWith("* ")) {
            return Stream.of(route);
        }
        String path = route.substring(2);
        Set<String> known = normalized(Documented.all().stream().map(Documented::toString));
        return Stream.of("GET", "POST", "PUT", "DELETE")
                .map(method -> method + " " + path)
                .filter(one -> known.contains(normalized(one)));
    }

    private static Set<String> normalized(Stream<String> operations) {
        return operations.map(RoutesIT::normalized).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String normalized(String operation) {
        return operation.replaceAll("\\{[^}]*}", "{}");
    }
}
