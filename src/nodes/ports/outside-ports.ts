import type { JsonObject } from '../../engine/json.ts'

/** Where a directory is and how people are found in it: the settings of the LDAP Decision node. */
export type DirectorySettings = {
  /** `host:port`, or `name|host:port`; the first that can be reached is asked. */
  servers: readonly string[]
  connection: 'LDAP' | 'LDAPS' | 'START_TLS'
  trustAllServerCertificates: boolean
  /** Longest wait for each answer. */
  timeoutSeconds: number
  /** Who searches; an empty name searches as nobody. */
  adminDn: string
  adminPassword: string
  baseDns: readonly string[]
  /** A person is found where one of these is the user name. */
  searchAttributes: readonly string[]
  /** Narrows the search; empty for everybody. */
  searchFilter: string
  scope: 'OBJECT' | 'ONE_LEVEL' | 'SUBTREE'
  /** Whether to ask for the state of the password. Source: the Behera draft "Password Policy for LDAP Directories". */
  isPolicyAware: boolean
  /** Attributes to read of the person. */
  attributes: readonly string[]
}

/** An entry; attribute names are lower case. */
export type DirectoryEntry = { dn: string; attributes: Readonly<Record<string, readonly string[]>> }

/** `due` may do nothing before; `advised` may stay as it is for this many seconds or sign-ins. */
export type PasswordAge =
  | { kind: 'good' | 'due' }
  | { kind: 'expiring'; seconds: number }
  | { kind: 'grace'; signIns: number }

export type DirectoryVerdict =
  | { kind: 'right'; entry: DirectoryEntry; password: PasswordAge }
  | { kind: 'wrong' | 'unknown' | 'locked' | 'expired' }

/** Directories that speak LDAP. Every call throws when no server can be reached or the search may not be made. */
export type DirectoryPort = {
  check(directory: DirectorySettings, username: string, password: string): Promise<DirectoryVerdict>
  /** `refused` by the directory's policy. */
  changePassword(
    directory: DirectorySettings,
    username: string,
    change: { old: string; fresh: string },
  ): Promise<DirectoryVerdict | { kind: 'refused' | 'tooShort' }>
}

/** Web services, reached as scripts reach them: public addresses and the hosts that the server's settings allow. */
export type WebPort = {
  /** @throws when there is no answer, or the address may not be reached. */
  send(request: {
    url: string
    method: 'GET' | 'POST'
    headers: Record<string, string>
    body?: string
  }): Promise<{ status: number; body: string }>
  /** A secret of the server's environment; undefined when there is none. */
  secret(label: string): string | undefined
}

/** Somebody whom an identity provider vouches for. */
export type SocialProfile = {
  /** Never changes, and is nobody else's at the same provider. */
  subject: string
  /** What the provider tells: claims of the id token, and what its userinfo endpoint says. */
  claims: JsonObject
  tokens: JsonObject
  /** The script that makes a normalized profile of the claims; empty for none. */
  transform: string
}

/** Identity providers of the journey's realm that are enabled. */
export type SocialPort = {
  /** @returns names, and what sign-in pages need to show a button. */
  offered(): Promise<readonly { provider: string; uiConfig: JsonObject }[]>
  /**
   * Where to send the browser; undefined when there is no such provider.
   * `pending` must be kept where nobody sees it: it proves that an answer belongs to this start.
   */
  begin(provider: string): Promise<{ url: string; pending: JsonObject } | undefined>
  /** @param parameters as the provider sent them back. @throws when they, or what it vouches with, do not hold. */
  finish(
    provider: string,
    pending: JsonObject,
    parameters: Readonly<Record<string, string>>,
  ): Promise<SocialProfile>
}

/** Identity providers that a node describes by itself, as {@link SocialPort} has them. */
export type SocialClientPort = {
  /** @param settings as a realm keeps them */
  described(settings: JsonObject): {
    begin(): Promise<{ url: string; pending: JsonObject }>
    finish(pending: JsonObject, parameters: Readonly<Record<string, string>>): Promise<SocialProfile>
  }
}

/** What is asked of an identity provider that speaks SAML 2.0: the settings of the SAML2 Authentication node. */
export type SamlStart = {
  allowCreate: boolean
  authComparison: 'EXACT' | 'MINIMUM' | 'MAXIMUM' | 'BETTER'
  /** Ways to sign in that will do, by class or by declaration. */
  classes: readonly string[]
  declarations: readonly string[]
  requestBinding: 'HTTP_REDIRECT' | 'HTTP_POST'
  binding: 'HTTP_ARTIFACT' | 'HTTP_POST'
  forceAuthn: boolean
  isPassive: boolean
  nameIdFormat: string
}

/** Somebody whom an identity provider that speaks SAML 2.0 vouches for. */
export type SamlProfile = {
  /** The entities that ask and that answered. */
  sp: string
  idp: string
  nameId: { value: string; format: string; nameQualifier: string; spNameQualifier: string }
  sessionIndex: string
  /** By the names that the realm gives them. */
  attributes: Readonly<Record<string, readonly string[]>>
  /** How the realm finds out whose account it is. */
  account: {
    isTransient: boolean
    /** The account is the one with this name. */
    userName: string | undefined
    /** The account is the one that has this value. */
    attribute: { name: string; value: string } | undefined
  }
}

/** Identity providers that speak SAML 2.0. Source: "SSO in integrated mode". */
export type SamlPort = {
  /**
   * Where to send the browser, and with what. `pending` must be kept where nobody sees it.
   * @param page where the browser is now, and comes back to if the realm trusts it.
   * @throws an error that says what is not configured.
   */
  begin(
    entities: { metaAlias: string; idp: string },
    request: SamlStart,
    page: string | undefined,
  ): Promise<{ url: string; method: 'GET' | 'POST'; data?: Record<string, string>; pending: JsonObject }>
  /**
   * @param key as the browser brings it back.
   * @param idp who has to have answered; undefined for any that the realm trusts.
   * @throws an error that says why the answer does not count.
   */
  finish(
    entities: { metaAlias: string; idp: string | undefined },
    pending: JsonObject,
    key: string,
  ): Promise<SamlProfile>
}
