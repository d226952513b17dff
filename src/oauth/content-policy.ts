/**
 * The Content-Security-Policy of every response that is not a page: the browser loads, runs and frames nothing of it, should
 * it show the response as a page after all.
 */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"

/**
 * For the pages that `oidc-provider` writes, such as the form of `response_mode=form_post`. The library adds the hashes of
 * its scripts to `script-src`, and replaces nothing else.
 */
export const libraryPagePolicy =
  "default-src 'none'; script-src 'report-sample'; frame-ancestors 'none'; base-uri 'none'"
