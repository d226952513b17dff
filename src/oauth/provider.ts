import type { EventEmitter } from 'node:events'
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { errorBody, OperationError, StorageError, storageProblems } from '../base/errors.ts'
import type { Identity } from '../people/identity.ts'
import { organisationOf, type Realm } from '../realms/realm.ts'
import type { KeyRing } from '../secrets/key-ring.ts'
import type { Session } from '../sessions/session.ts'
import { adapters } from './adapters.ts'
import { adminRealm, assistantClient, isAdminClient, isOfBrowser } from './admin-clients.ts'
import { decisionParameters, markParameter } from './authorization-request.ts'
import { Ciba, type CibaNeeds } from './ciba.ts'
import { pollingProvider } from './ciba-poll.ts'
import { accountFinder, mayUse } from './claims.ts'
import { ownMetadataOf } from './client-metadata.ts'
import { clientSecretSealer } from './client-secret.ts'
import { fixedConfiguration, mayIntrospect, mayRevoke } from './configuration.ts'
import { Consent } from './consent.ts'
import { closedPolicy } from './content-policy.ts'
import { requestedContexts, satisfiedBy } from './contexts.ts'
import { DeviceCodes, type DeviceNeeds } from './device-codes.ts'
import { DeviceAnswers, deviceFeature, deviceRequestLimit } from './device-flow.ts'
import { DevicePage } from './device-page.ts'
import { DevicePages } from './device-pages.ts'
import { anyContext, issuerOf, ownRoutes, routes } from './endpoints.ts'
import { assertionCheck, isFapi } from './fapi.ts'
import { type FencedSend, fencedFetch } from './fenced-fetch.ts'
import { Interactions } from './interactions.ts'
import type { OauthClientStore, OauthStore } from './oauth-store.ts'
import { type FramePage, Pages } from './pages.ts'
import { Registration, type RegistrationNeeds } from './registration.ts'
import { requestObjectsFeature } from './request-objects.ts'
import { savedTogether } from './saved-together.ts'
import { countEveryScope, requireOwnScopes } from './scopes.ts'
import {
  type RunOauthScript,
  ScriptedTokens,
  scriptedAccounts,
  useScriptedClaims,
} from './scripted-tokens.ts'
import type { ServiceAccountStore } from './service-account.ts'
import { grantServiceAccounts } from './service-account-grant.ts'
import type { SignedInSessions } from './session-adapter.ts'
import { answerSessionCheck } from './session-check.ts'
import { signInMarks } from './sign-in-again.ts'
import { SignOut } from './sign-out.ts'
import { signedIntrospection } from './signed-introspection.ts'
import type { SigningKeys } from './signing-keys.ts'
import { grantTokenExchange } from './token-exchange.ts'
import { type OwnRouteContext, tokenInfo } from './token-info.ts'

export type OauthNeeds = CibaNeeds &
  DeviceNeeds &
  Omit<RegistrationNeeds, 'secrets'> & {
    store: OauthStore
    /** With the values of their placeholders. */
    clients: Pick<OauthClientStore, 'read'>
    serviceAccounts: Pick<ServiceAccountStore, 'read'>
    keyRing: KeyRing
    sessions: SignedInSessions
    readIdentity(realm: string, id: string): Promise<Identity | undefined>
    framePage: FramePage
    runScript: RunOauthScript
    send: FencedSend
    /** A `Set-Cookie` value that deletes the session cookie. */
    clearSessionCookie(baseUrl: string): string
    /** Epoch milliseconds. */
    now(): number
    /** Logs internal errors of `oidc-provider`. Clients get only `server_error`. */
    onError(error: unknown): void
  }

export type Place = {
  realm: Realm
  /** Scheme, host and context path. */
  baseUrl: string
  keys: SigningKeys
  sessionOf(ctx: Pick<KoaContextWithOIDC, 'req'>): Session | undefined
  /** The client's address. */
  addressOf(ctx: Pick<KoaContextWithOIDC, 'req'>): string
}

type Library = typeof import('oidc-provider')

/** Creates an `oidc-provider` for one realm, connected to its sessions, journeys and clients. */
export async function createProvider(place: Place, given: OauthNeeds): Promise<Provider> {
  const library = await import('oidc-provider')
  const store = savedTogether(given.store)
  const needs = { ...given, store }
  const { realm, baseUrl } = place
  const pages = new Pages(needs.framePage, organisationOf(realm))
  const signOut = new SignOut(pages, needs.clearSessionCookie(baseUrl), subjectsIn(place, needs))
  const interactions = interactionsOf(place, needs, library, pages)
  const ciba = new Ciba(place, needs, library.errors)
  const Provider = pollingProvider(library.Provider, {
    ...needs,
    realm: realm.path,
    pollSeconds: realm.settings.oauth.ciba.pollSeconds,
    devicePollSeconds: realm.settings.oauth.device.pollSeconds,
    errors: library.errors,
  })
  const provider = new Provider(issuerOf(realm.path, baseUrl), {
    ...fixedConfiguration({ keys: place.keys, settings: realm.settings.oauth, now: needs.now }),
    ...ownConfiguration(place, needs, library, pages),
    features: {
      ...featuresOf(signOut, pages, library, needs),
      pushedAuthorizationRequests: pushedOf(realm),
      ciba: ciba.feature(),
      deviceFlow: deviceFeature(library.errors, needs.now),
    },
    interactions: { policy: interactions.policy(library), url: (ctx) => interactions.url(ctx) },
    async loadExistingGrant(ctx) {
      await requireStaff(ctx, place, needs, library)
      return interactions.grantOf(ctx)
    },
  })
  // Trusts forwarded headers, which `rewriteRequest` overwrites.
  provider.proxy = true
  countEveryScope(provider)
  useScriptedClaims(provider)
  if (realm.path === adminRealm) {
    grantServiceAccounts(provider, { ...needs, baseUrl }, library)
    grantTokenExchange(provider, library, needs.now)
  }
  reportErrors(provider, needs)
  nameContext(provider, place)
  const ownPages = ownPagesOf(provider, place, needs, pages)
  const devices = new DeviceAnswers(realm, baseUrl)
  const parts = [interactions, signOut, ciba, devices, signedIntrospection]
  provider.use(async (ctx, next) => {
    const ownPage = ownPages.get(ctx.path)
    if (ownPage !== undefined) await ownPage(ctx)
    else if (await isFlood(ctx, place, needs)) refuseFlood(ctx)
    else await store.together(next).catch((error: unknown) => unsaved(ctx, error, needs))
    // The library adds `oidc` if it found a route. Koa's types don't include it.
    await finish(ctx as unknown as FinishedContext, parts)
  })
  return provider
}

/** The subject of a person in a sector. */
function subjectsIn({ realm }: Place, { subjects }: OauthNeeds) {
  return (sector: string | undefined, id: string) => subjects.subjectOf(realm.path, sector, id)
}

/** What answers at paths that the library doesn't know. */
function ownPagesOf(provider: Provider, place: Place, needs: OauthNeeds, pages: Pages) {
  const { realm } = place
  const mayUseToken = async (id: string, issuedAt: number) =>
    mayUse(await needs.readIdentity(realm.path, id), issuedAt)
  const devicePage = devicePageOf(provider, place, needs, pages)
  return new Map<string, (ctx: OwnRouteContext) => Promise<void>>([
    [ownRoutes.tokenInfo, tokenInfo(provider, realm.path, mayUseToken, subjectsIn(place, needs))],
    [routes.code_verification, (ctx) => devicePage.answer(ctx)],
    ...registrationPages(place, needs),
  ])
}

/** Routes that browsers open. The others answer errors in JSON (RFC 6749, section 5.2). */
const pageRoutes = new Set([
  'authorization',
  'resume',
  'code_verification',
  'end_session',
  'end_session_confirm',
])

function ownConfiguration(place: Place, needs: OauthNeeds, { errors }: Library, pages: Pages): Configuration {
  const { realm } = place
  const scripts = new ScriptedTokens({
    ...place,
    ...needs,
    run: needs.runScript,
    failed: scriptFailure(needs, errors),
  })
  return {
    adapter: adapters(place, needs, errors),
    findAccount: scriptedAccounts(
      accountFinder(
        realm.path,
        needs.readIdentity,
        ({ oidc }, subject) =>
          needs.subjects.personOf(realm.path, ownMetadataOf(oidc.client).sector, subject),
        fixedAttributesOf(realm),
      ),
      scripts,
    ),
    pairwiseIdentifier: (_ctx, id, client) =>
      needs.subjects.subjectOf(realm.path, ownMetadataOf(client).sector, id),
    extraTokenClaims: (ctx, token) => scripts.extrasOf(ctx, token),
    assertJwtClientAuthClaimsAndHeader: assertionCheck(errors),
    // `oidc-provider` fetches only the keys of clients.
    fetch: fencedFetch(needs.send),
    extraParams: {
      scope: requireOwnScopes(errors.InvalidScope),
      ...Object.fromEntries([markParameter, ...decisionParameters].map((name) => [name, null])),
    },
    async renderError(ctx, out) {
      // Clients in Java prefer HTML at every endpoint.
      const isPage = pageRoutes.has(ctx.oidc.route) && ctx.accepts('json', 'html') === 'html'
      if (!isPage) ctx.body = out
      else await pages.showError(ctx, { error: out.error, description: out.error_description ?? '' })
    },
  }
}

/** Attributes of a realm's own that people can't change. */
function fixedAttributesOf({ settings }: Realm): ReadonlySet<string> {
  const fixed = settings.customAttributes.filter(({ userEditable }) => !userEditable)
  return new Set(fixed.map(({ name }) => name))
}

/** The client learns only that a script failed. */
function scriptFailure({ onError }: OauthNeeds, { OIDCProviderError }: Library['errors']) {
  return (reason: string): Error => {
    onError(new Error(`an OAuth2 script made no token: ${reason}`))
    const error = new OIDCProviderError(500, 'server_error')
    error.error_description = 'A script of the realm failed'
    return error
  }
}

function featuresOf(
  signOut: SignOut,
  pages: Pages,
  { errors }: Library,
  { keyRing, now }: OauthNeeds,
): NonNullable<Configuration['features']> {
  return {
    clientCredentials: { enabled: true },
    claimsParameter: { enabled: true },
    revocation: { enabled: true, allowedPolicy: mayRevoke },
    introspection: { enabled: true, allowedPolicy: mayIntrospect },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => signOut.ask(ctx, form),
      postLogoutSuccessSource: (ctx) => pages.showSignedOut(ctx),
    },
    requestObjects: requestObjectsFeature(errors, now),
    jwtUserinfo: { enabled: true },
    jwtIntrospection: { enabled: true },
    dPoP: { enabled: true, nonceSecret: keyRing.keys('oauth dpop nonces')[0]?.export() },
    fapi: { enabled: true, profile: (_ctx, client) => (isFapi(client) ? '2.0' : undefined) },
    devInteractions: { enabled: false },
  }
}

function pushedOf({ settings }: Realm) {
  const { requirePushedRequests, fapi2 } = settings.oauth
  return { enabled: true, requirePushedAuthorizationRequests: requirePushedRequests || fapi2 }
}

function interactionsOf(place: Place, needs: OauthNeeds, { errors }: Library, pages: Pages): Interactions {
  const { realm, baseUrl, sessionOf } = place
  const { keyRing, now } = needs
  return new Interactions({
    realm: realm.path,
    baseUrl,
    authorizeUrl: issuerOf(realm.path, baseUrl) + routes.authorization,
    settings: realm.settings.oauth,
    marks: signInMarks(() => keyRing.keys('oauth sign-in marks'), now),
    sessionOf,
    consent: new Consent(() => keyRing.keys('oauth consent'), errors.AccessDenied),
    pages,
  })
}

function devicePageOf(provider: Provider, place: Place, needs: OauthNeeds, pages: Pages): DevicePage {
  const { keyRing, now } = needs
  return new DevicePage({
    ...place,
    codes: new DeviceCodes(provider, place.realm, needs),
    pages: new DevicePages(pages),
    keys: () => keyRing.keys('oauth device page'),
    now,
  })
}

/** No page, if nobody can register clients. */
function registrationPages(
  place: Place,
  needs: OauthNeeds,
): [path: string, answer: (ctx: OwnRouteContext) => Promise<void>][] {
  // rule S54: otherwise anybody registers applications where nobody may
  if (place.realm.settings.oauth.registration.access === 'off') return []
  const registration = new Registration({ ...place, ...needs, secrets: clientSecretSealer(needs.keyRing) })
  return [[ownRoutes.registration, (ctx) => registration.answer(ctx)]]
}

async function isFlood(ctx: OwnRouteContext, place: Place, { limits }: OauthNeeds): Promise<boolean> {
  if (ctx.path !== routes.device_authorization || ctx.method !== 'POST') return false
  const limit = deviceRequestLimit(place.realm.path, place.addressOf(ctx))
  // rule S48: otherwise anonymous devices fill the database from one address
  return (await limits.take(limit)).kind === 'full'
}

function refuseFlood(ctx: OwnRouteContext): void {
  ctx.status = 429
  ctx.body = { error: 'slow_down', error_description: 'Too many requests of devices from this address' }
}

function reportErrors(provider: Provider, { onError }: OauthNeeds): void {
  provider.on('server_error', (ctx, error) => {
    if (error instanceof OperationError) answerOutage(ctx, error)
    // An outage of the database has one line of its own.
    if (!(error instanceof StorageError)) onError(error)
  })
  // Koa's own event, which is missing from the types of `oidc-provider`.
  const emitter: EventEmitter = provider
  emitter.on('error', onError)
}

/** The answer must have no code or token that wasn't saved. */
function unsaved(ctx: OwnRouteContext, error: unknown, { onError }: OauthNeeds): void {
  if (!(error instanceof OperationError)) throw error
  ctx.remove('Location')
  ctx.body = {}
  answerOutage(ctx, error)
  if (!(error instanceof StorageError)) onError(error)
}

/** The library answers 500, after which clients don't try again. A page stays as it is. */
function answerOutage(ctx: OwnRouteContext, error: OperationError): void {
  ctx.status = 503
  ctx.set('retry-after', '5')
  if (typeof ctx.body !== 'object') return
  const description = error instanceof StorageError ? storageProblems[error.problem] : 'Try again soon'
  ctx.body = { error: 'temporarily_unavailable', error_description: description }
}

/**
 * People without a role get no code for the clients of the vendor's admin tools, and nobody gets one by following a link. The
 * client for assistants asks for consent.
 */
async function requireStaff(
  { oidc, headers }: KoaContextWithOIDC,
  { realm }: Place,
  { isStaff }: OauthNeeds,
  { errors }: Library,
): Promise<void> {
  const personId = oidc.session?.accountId
  if (personId === undefined || !isAdminClient(realm.path, oidc.client?.clientId)) return
  // rule S30: otherwise a browser that follows a link gets a code
  if (oidc.client?.clientId !== assistantClient && isOfBrowser(headers))
    throw new errors.AccessDenied('This application is for command lines')
  // rule S30: otherwise people without a role get a code
  if (!(await isStaff(realm.path, personId))) throw new errors.AccessDenied('This application is for staff')
}

/** Sets the `acr` to the requested authentication context that the session satisfies, or to `0`, as in AM. */
function nameContext(provider: Provider, { realm, sessionOf }: Place): void {
  provider.on('authorization.accepted', (ctx) => {
    const { acrs, isEssential } = requestedContexts(ctx)
    const wanted = { acrs: [...acrs, anyContext], isEssential }
    const acr = satisfiedBy(sessionOf(ctx), wanted, realm.settings.oauth.contexts)
    if (ctx.oidc.session !== undefined && acr !== undefined) ctx.oidc.session.acr = acr
  })
}

type FinishedContext = KoaContextWithOIDC | (Omit<KoaContextWithOIDC, 'oidc'> & { oidc?: undefined })

/** Adjusts the response of `oidc-provider`. */
async function finish(
  ctx: FinishedContext,
  parts: readonly { finish(ctx: KoaContextWithOIDC): Promise<void> }[],
): Promise<void> {
  // Remove the library's cookies: the journey's session already has one.
  ctx.remove('Set-Cookie')
  // rule S25: otherwise answers of the OAuth endpoints that are no page have the policy of a page
  if (ctx.response.is('html') === false) ctx.set('Content-Security-Policy', closedPolicy)
  if (isRouted(ctx)) {
    for (const part of parts) await part.finish(ctx)
    if (ctx.oidc.route === 'authorization') answerSessionCheck(ctx)
    // AM responds with 302, and some of its clients check for it.
    if (ctx.oidc.route === 'authorization' && ctx.status === 303) ctx.status = 302
  } else if (ctx.status === 404 && ctx.body === undefined) {
    // For example a POST to an endpoint that accepts only GET.
    ctx.body = errorBody(404, 'Not Found')
    ctx.status = 404
  }
}

function isRouted(ctx: FinishedContext): ctx is KoaContextWithOIDC {
  return ctx.oidc !== undefined
}
