/**
 * The Content-Security-Policy of every response that is not a page. If a browser displays the response anyway, it loads, runs
 * and frames nothing.
 */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"

/**
 * For pages that `oidc-provider` renders, such as the form of `response_mode=form_post`. The library only adds the hashes of its
 * scripts to `script-src`.
 */
export const libraryPagePolicy =
  "default-src 'none'; script-src 'report-sample'; frame-ancestors 'none'; base-uri 'none'"
