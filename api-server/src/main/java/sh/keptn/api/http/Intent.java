package sh.keptn.api.http;

import java.util.Optional;
import sh.keptn.core.model.ServiceName;

/**
 * What a caller is about to do.
 *
 * @param method of the request: creating and updating are one permission and two methods
 * @param service the one that the path names
 */
public record Intent(Permission permission, String method, Optional<ServiceName> service) {}
