/** The checks of a client certificate. */
export type CertificateChecks = {
  /** Trusted issuers in PEM. */
  trusted: string
  /** Whether the person's own certificate must be valid at this time. Those of its issuers always must. */
  dates: boolean
  /** Set to check the revocation lists that certificates name. */
  revocation?: {
    /** Added to the query of each request, as `name=value,name=value`. */
    parameters: string
    isCached: boolean
  }
  /** Epoch milliseconds. */
  now: number
}

/** `untrusted`: the path to a trusted issuer, or a revocation list, is missing or wrong. The problem is for the log. */
export type CertificateVerdict =
  | { kind: 'valid' }
  | { kind: 'expired' | 'untrusted' | 'revoked'; problem: string }

/** What a certificate says about its owner. */
export type CertificateNames = {
  /** The subject, its most specific part first. Source: RFC 2253. */
  dn: string
  /** Values of the subject by type: a short name in capitals such as `CN`, or an object id. */
  subject: ReadonlyMap<string, readonly string[]>
  /** Alternative names. */
  emails: readonly string[]
  /** User principal names of Active Directory, which are alternative names. */
  principals: readonly string[]
}

/** Client certificates. A chain is PEM, the person's own certificate first. */
export type CertificatePort = {
  /**
   * Reads a header of a proxy: PEM or base64-encoded DER, also URL-encoded, or the fields of Envoy.
   * @returns undefined unless it contains the certificates of exactly one client
   */
  read(header: string): string | undefined
  check(chain: string, checks: CertificateChecks): Promise<CertificateVerdict>
  /** Of the person's own certificate. */
  names(chain: string): Promise<CertificateNames>
}
