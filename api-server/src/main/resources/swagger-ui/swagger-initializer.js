window.addEventListener('load', () => {
  window.ui = SwaggerUIBundle({
    // Relative to this page, so that a path prefix in front of /api changes nothing.
    urls: window.keptnDocuments,
    'urls.primaryName': window.keptnDocuments[0].name,
    dom_id: '#swagger-ui',
    deepLinking: true,
    filter: true,
    // Nothing is asked of any other server.
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: 'StandaloneLayout',
  });
});
