window.addEventListener('load', () => {
  window.ui = SwaggerUIBundle({
    // Relative to this page, so that a path prefix in front of /api changes nothing.
    urls: [
      { name: 'api-service', url: 'swagger.yaml' },
      { name: 'resource-service', url: '../resource-service/swagger-ui/swagger.yaml' },
      { name: 'mongodb-datastore', url: '../mongodb-datastore/swagger-ui/swagger.yaml' },
      { name: 'controlPlane', url: '../controlPlane/swagger-ui/swagger.yaml' },
    ],
    'urls.primaryName': 'api-service',
    dom_id: '#swagger-ui',
    deepLinking: true,
    // Nothing is asked of any other server.
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: 'StandaloneLayout',
  });
});
