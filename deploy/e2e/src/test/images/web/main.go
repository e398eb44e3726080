// A web server that says which version it is: what the end-to-end tests deploy.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
)

// Set by the build. A version whose name begins with "crash" ends as soon as it is started.
var version = "unknown"

func main() {
	if strings.HasPrefix(version, "crash") {
		fmt.Fprintln(os.Stderr, "version", version, "ends at once, as it was built to")
		os.Exit(1)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	http.HandleFunc("/", func(answer http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(answer, "hello", version)
	})
	fmt.Println("version", version, "listens on port", port)
	fmt.Fprintln(os.Stderr, http.ListenAndServe(":"+port, nil))
	os.Exit(1)
}
