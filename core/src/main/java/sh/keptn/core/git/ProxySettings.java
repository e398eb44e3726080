package sh.keptn.core.git;

import sh.keptn.core.config.Secret;

/** An HTTP proxy for one project's upstream; a blank user means that the proxy asks for nothing. */
public record ProxySettings(String host, int port, String user, Secret password) {}
