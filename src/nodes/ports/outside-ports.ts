import type { JsonObject } from '../../base/json.ts'

/** How to find people in a directory: the settings of the LDAP Decision node. */
export type DirectorySettings = {
  /** `host:port` or `name|host:port`. The first reachable server is used. */
  servers: readonly string[]
  connection: 'LDAP' | 'LDAPS' | 'START_TLS'
  trustAllServerCertificates: boolean
  /** Timeout of each request. */
  timeoutSeconds: number
  /** The account that searches. Empty: anonymous. */
  adminDn: string
  adminPassword: string
  baseDns: readonly string[]
  /** Attributes that are compared with the username. */
  searchAttributes: readonly string[]
  /** Narrows the search. Empty: everyone. */
  searchFilter: string
  scope: 'OBJECT' | 'ONE_LEVEL' | 'SUBTREE'
  /**
   * How the directory reports the password's state: not at all, by the Behera draft "Password Policy for LDAP Directories", or as
   * Active Directory does.
   */
  policy: 'none' | 'behera' | 'activeDirectory'
  /** Attributes of the person to read. */
  attributes: readonly string[]
}

/** An entry. Attribute names are lower case. */
export type DirectoryEntry = { dn: string; attributes: Readonly<Record<string, readonly string[]>> }

/** `due`: the password must change first. `advised`: it expires after this many seconds or sign-ins. */
export type PasswordAge =
  | { kind: 'good' | 'due' }
  | { kind: 'expiring'; seconds: number }
  | { kind: 'grace'; signIns: number }

export type DirectoryVerdict =
  | { kind: 'right'; entry: DirectoryEntry; password: PasswordAge }
  | { kind: 'wrong' | 'unknown' | 'locked' | 'expired' }
  /** Only of Active Directory, and except for a lock only for the right password. */
  | { kind: 'disabled' | 'accountExpired' | 'mustChange' }

/** How to find the entries that can have a certificate. */
export type CertificateSearch = {
  /** `host:port` or `name|host:port`. The first reachable server is used. */
  servers: readonly string[]
  connection: 'LDAP' | 'LDAPS'
  /** The account that searches. Empty: anonymous. */
  bindDn: string
  bindPassword: string
  /** Entries to search below, each with an optional `name|` in front. */
  baseDns: readonly string[]
  /** The attribute of the entries, and the value that it must have. */
  attribute: string
  value: string
}

/** LDAP directories. Every call throws if no server can be reached or the search is not permitted. */
export type DirectoryPort = {
  check(directory: DirectorySettings, username: string, password: string): Promise<DirectoryVerdict>
  /** `refused` means by the directory's policy. */
  changePassword(
    directory: DirectorySettings,
    username: string,
    change: { old: string; fresh: string },
  ): Promise<DirectoryVerdict | { kind: 'refused' | 'tooShort' }>
  /** @param certificate in PEM; others after it don't count */
  holdsCertificate(search: CertificateSearch, certificate: string): Promise<boolean>
}

/** RADIUS servers of a node. */
export type RadiusServers = {
  /** `host` or `host:port`, in order. */
  servers: readonly string[]
  secret: string
  /** Timeout of each server. */
  timeoutSeconds: number
  /** Minutes for which a server that was silent is asked last. */
  retryAfterMinutes: number
}

/** A challenge that a server sent in place of a verdict. */
export type RadiusChallenge = {
  server: string
  /** In base64. */
  state: string
  /** Plain text for the person. */
  message: string
}

export type RadiusVerdict = { kind: 'right' | 'wrong' } | ({ kind: 'challenge' } & RadiusChallenge)

/** RADIUS servers. Only public addresses and hosts allowed by the server's settings can be reached. */
export type RadiusPort = {
  /**
   * @param request with `challenge`, the password answers that challenge
   * @throws an error that names the servers, if none sends a valid answer
   */
  check(
    servers: RadiusServers,
    request: {
      username: string
      password: string
      challenge: Pick<RadiusChallenge, 'server' | 'state'> | undefined
    },
  ): Promise<RadiusVerdict>
}

/** What an ID token must be. */
export type IdTokenRules = {
  /** Where its key comes from. */
  source: { kind: 'discovery' | 'keys'; url: string } | { kind: 'secret'; secret: string }
  issuer: string
  audience: string
  /** Values of `azp`. */
  authorisedParties: readonly string[]
  maxLifetimeSeconds: number
}

/** ID tokens of OpenID providers. */
export type IdTokenPort = {
  /**
   * @param now epoch milliseconds.
   * @returns the claims
   * @throws an error that says what is wrong, without the token
   */
  verify(token: string, rules: IdTokenRules, now: number): Promise<JsonObject>
}

/** Passwords that are known from breaches. */
export type BreachPort = {
  /** How often a password is known. @throws if the service doesn't say so */
  count(password: string, userAgent: string): Promise<number>
}

/** How this server proves itself to another one. `cert` may have a chain. */
export type ClientCertificate = { cert: string; key: string }

/** Web services. As for scripts, only public addresses and hosts allowed by the server's settings can be reached. */
export type WebPort = {
  /** @throws if there is no response, or the address is not allowed */
  send(request: {
    url: string
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD'
    headers: Record<string, string>
    body?: string
    /** `manual`: a redirect is the answer, and nothing is sent to its target. */
    redirect?: 'manual'
    /** Default: ten seconds. At most a minute. */
    timeoutSeconds?: number
    /** In PEM, for mTLS. Only over https. */
    clientCertificate?: ClientCertificate
  }): Promise<{ status: number; body: string }>
  /** A secret from the server's environment, if set. */
  secret(label: string): string | undefined
}

/** A person for whom an identity provider vouches. */
export type SocialProfile = {
  /** Never changes, and is unique at the provider. */
  subject: string
  /** Claims of the ID token and of the userinfo endpoint. */
  claims: JsonObject
  tokens: JsonObject
  /** The script that normalizes the claims. Empty for none. */
  transform: string
}

/** Enabled identity providers of the journey's realm. */
export type SocialPort = {
  /** @returns their names and the UI settings for their buttons */
  offered(): Promise<readonly { provider: string; uiConfig: JsonObject }[]>
  /**
   * Returns where to send the browser; undefined if there is no such provider. `pending` must be kept secret: it ties
   * the response to this start.
   */
  begin(provider: string): Promise<{ url: string; pending: JsonObject } | undefined>
  /** @param parameters as the provider returned them. @throws if they or the tokens are invalid */
  finish(
    provider: string,
    pending: JsonObject,
    parameters: Readonly<Record<string, string>>,
  ): Promise<SocialProfile>
}

/** Identity providers described by a node's own settings, like {@link SocialPort}. */
export type SocialClientPort = {
  /** @param settings in the form in which a realm stores a provider */
  described(settings: JsonObject): {
    begin(): Promise<{ url: string; pending: JsonObject }>
    finish(pending: JsonObject, parameters: Readonly<Record<string, string>>): Promise<SocialProfile>
  }
}

/** A SAML 2.0 authentication request: the settings of the SAML2 Authentication node. */
export type SamlStart = {
  allowCreate: boolean
  authComparison: 'EXACT' | 'MINIMUM' | 'MAXIMUM' | 'BETTER'
  /** Acceptable authentication contexts, by class or by declaration. */
  classes: readonly string[]
  declarations: readonly string[]
  requestBinding: 'HTTP_REDIRECT' | 'HTTP_POST'
  binding: 'HTTP_ARTIFACT' | 'HTTP_POST'
  forceAuthn: boolean
  isPassive: boolean
  nameIdFormat: string
}

/** A person for whom a SAML 2.0 identity provider vouches. */
export type SamlProfile = {
  /** Entity ids of service provider and identity provider. */
  sp: string
  idp: string
  nameId: { value: string; format: string; nameQualifier: string; spNameQualifier: string }
  sessionIndex: string
  /** Epoch milliseconds at which the provider's session ends, and ours at the latest. */
  sessionEndsAt?: number
  /** By the realm's names. */
  attributes: Readonly<Record<string, readonly string[]>>
  /** How the realm finds the account. */
  account: {
    isTransient: boolean
    /** Username of the account. */
    userName: string | undefined
    /** The attribute value that identifies the account. */
    attribute: { name: string; value: string } | undefined
  }
}

/** SAML 2.0 identity providers. Source: "SSO in integrated mode". */
export type SamlPort = {
  /**
   * Returns where to send the browser, and with what. `pending` must be kept secret.
   * @param page the browser's current page, to which it returns if the realm trusts it
   * @throws an error that names the missing configuration
   */
  begin(
    entities: { metaAlias: string; idp: string },
    request: SamlStart,
    page: string | undefined,
  ): Promise<{ url: string; method: 'GET' | 'POST'; data?: Record<string, string>; pending: JsonObject }>
  /**
   * @param key as the browser brings it back
   * @param idp the provider that must have responded; undefined for any that the realm trusts
   * @throws an error that says why the response is rejected
   */
  finish(
    entities: { metaAlias: string; idp: string | undefined },
    pending: JsonObject,
    key: string,
  ): Promise<SamlProfile>
  /**
   * A sign-in that started at the identity provider. It counts once, in this browser, and in the journey that the service
   * provider names for it.
   * @returns undefined for another key
   * @throws an error that says why it doesn't count
   */
  startedThere(
    entities: { metaAlias: string; idp: string | undefined },
    request: SamlStart,
    key: string,
  ): Promise<SamlProfile | undefined>
}
