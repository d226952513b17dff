import { isDeepStrictEqual } from 'node:util'
import type { FindAccount, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { Realm } from '../realms/realm.ts'
import type { OauthScriptInput } from '../sandbox/script-engine.ts'
import type { Session } from '../sessions/session.ts'
import { adminRealm, isAdminClient, serviceAccountClient } from './admin-clients.ts'
import { adminScopeNames } from './admin-scopes.ts'
import { claimsOf } from './claims.ts'
import { ownMetadataOf } from './client-metadata.ts'
import { scriptInputOf } from './script-input.ts'

export type OauthScriptKind = 'accessToken' | 'claims'

/**
 * Runs a script of the realm.
 * @returns undefined if there is nothing to run. @throws Error if it doesn't exist, has another context, fails, or exceeds a limit.
 */
export type RunOauthScript = (
  realm: Realm,
  id: string,
  as: OauthScriptKind,
  input: OauthScriptInput,
) => Promise<{ value?: Json } | undefined>

type Needs = {
  realm: Realm
  run: RunOauthScript
  sessionOf(ctx: KoaContextWithOIDC): Session | undefined
  /** The error that the client gets. Its reason is only logged. */
  failed(reason: string): Error
  now(): number
}

type Token = InstanceType<Provider['AccessToken']> | InstanceType<Provider['ClientCredentials']>

/** What a script may neither set nor change: what the token means, for whom, from whom and until when. */
const protectedMembers: ReadonlySet<string> = new Set([
  ...[
    'iss',
    'sub',
    'aud',
    'exp',
    'iat',
    'nbf',
    'jti',
    'azp',
    'nonce',
    'acr',
    'amr',
    'auth_time',
    'sid',
    'cnf',
  ],
  ...['active', 'scope', 'client_id', 'clientId', 'username', 'userName', 'realm', 'token_type', 'tokenType'],
  ...[
    'tokenName',
    'expireTime',
    'expires_in',
    'grant_type',
    'authGrantId',
    'id',
    'act',
    'may_act',
    'authLevel',
  ],
  ...['access_token', 'at_hash', 'c_hash', 's_hash', '_claim_names', '_claim_sources', '__proto__'],
])

/** Characters of JSON. A token is read on every introspection. */
const maxLength = 16_384

const changesSchema = z.object({
  changed: z.record(z.string(), z.json()),
  removed: z.array(z.string()),
})

/** Lets the realm's scripts add members to access tokens and decide about claims. Any fault means that no token is issued. */
export class ScriptedTokens {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Members that a script adds to an access token, which introspection and tokeninfo return. */
  async extrasOf(ctx: KoaContextWithOIDC, token: Token): Promise<JsonObject | undefined> {
    const { realm } = this.#needs
    const script = this.#scriptOf(ctx, 'accessToken')
    if (script === '' || isForAdministration(realm.path, token)) return undefined
    const known = knownMembers(realm.path, token, this.#needs.now())
    const input = { ...scriptInputOf(ctx, this.#needs, [...token.scopes], accountOf(token)), token: known }
    const ran = await this.#run(script, 'accessToken', input)
    if (ran === undefined) return undefined
    const { changed, removed } = this.#parsed(changesSchema, ran.value)
    const lost = removed.filter((name) => protectedMembers.has(name) && name in known && !(name in changed))
    return this.#checked(changed, known, lost)
  }

  /** @returns undefined if no script decides: the server's own claims apply. */
  async claimsFor(ctx: KoaContextWithOIDC, asked: ClaimsQuestion): Promise<JsonObject | undefined> {
    const { realm } = this.#needs
    const script = this.#scriptOf(ctx, 'claims')
    const isWanted =
      asked.use !== 'id_token' || ctx.oidc.route === 'authorization' || realm.settings.oauth.claimsInIdToken
    // rule S46: otherwise scripts decide about claims of the admin tools
    if (script === '' || !isWanted || isAdminClient(realm.path, ctx.oidc.client?.clientId)) return undefined
    const names = ['sub', ...asked.scopes.flatMap(claimsOf), ...Object.keys(asked.requested)]
    const claims = Object.fromEntries(
      Object.entries(asked.available).filter(([name]) => names.includes(name)),
    )
    const input = {
      ...scriptInputOf(ctx, this.#needs, asked.scopes, asked.accountId),
      claims,
      requestedClaims: asked.requested,
    }
    const ran = await this.#run(script, 'claims', input)
    if (ran === undefined) return undefined
    const { value } = ran
    const isComposite = isJsonObject(value) && isJsonObject(value.values) && 'compositeScopes' in value
    const values = this.#parsed(z.record(z.string(), z.json()), isComposite ? value.values : value)
    const present = Object.fromEntries(Object.entries(values).filter(([, each]) => each !== null))
    return this.#checked(present, claims, [])
  }

  /** A client's own script if it overrides the realm's. Empty: none. */
  #scriptOf({ oidc }: KoaContextWithOIDC, as: OauthScriptKind): string {
    const { access_token_script, claims_script } = ownMetadataOf(oidc.client)
    const own = as === 'accessToken' ? access_token_script : claims_script
    return own ?? this.#needs.realm.settings.oauth.scripts[as]
  }

  async #run(
    script: string,
    as: OauthScriptKind,
    input: OauthScriptInput,
  ): Promise<{ value?: Json } | undefined> {
    try {
      return await this.#needs.run(this.#needs.realm, script, as, input)
    } catch (cause) {
      throw this.#needs.failed(cause instanceof Error ? cause.message : 'it failed')
    }
  }

  #parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
    const parsed = schema.safeParse(value)
    if (!parsed.success) throw this.#needs.failed('it returned something other than a map')
    return parsed.data
  }

  /** The new members without those that were already there. */
  #checked(next: JsonObject, known: JsonObject, lost: readonly string[]): JsonObject {
    const [refused] = [
      ...lost,
      ...Object.keys(next).filter(
        (name) => protectedMembers.has(name) && !isDeepStrictEqual(next[name], known[name]),
      ),
    ]
    // rule S46: otherwise a script changes for whom or until when a token is
    if (refused !== undefined) throw this.#needs.failed(`it may not change ${refused}`)
    // rule S46: otherwise a script adds as much as it likes to a token
    if (JSON.stringify(next).length > maxLength) throw this.#needs.failed('it added too much')
    return Object.fromEntries(Object.entries(next).filter(([name]) => !protectedMembers.has(name)))
  }
}

export type ClaimsQuestion = {
  use: string
  accountId: string
  scopes: string[]
  requested: Readonly<Record<string, readonly string[]>>
  available: JsonObject
}

/** Tokens for the admin interface are never modified, by scripts of any realm. */
function isForAdministration(realm: string, token: Token): boolean {
  // rule S46: otherwise scripts modify tokens of the admin tools
  if (realm !== adminRealm) return false
  if (isAdminClient(realm, token.clientId) || token.clientId === serviceAccountClient) return true
  return adminScopeNames.some((scope) => token.scopes.has(scope))
}

function accountOf(token: Token): string | undefined {
  return 'accountId' in token ? token.accountId : undefined
}

function knownMembers(realm: string, token: Token, now: number): JsonObject {
  const account = accountOf(token)
  return {
    tokenName: 'access_token',
    token_type: token.tokenType,
    tokenType: token.tokenType,
    clientId: token.clientId ?? '',
    client_id: token.clientId ?? '',
    realm,
    scope: [...token.scopes],
    grant_type: ('gty' in token && token.gty?.split(' ')[0]) || 'client_credentials',
    expireTime: now + token.expiration * 1000,
    ...(account === undefined ? {} : { userName: account, sub: account }),
  }
}

const scriptedClaims = Symbol('claims that a script decided')

/** Lets a script replace the claims of people. */
export function scriptedAccounts(find: FindAccount, scripts: ScriptedTokens): FindAccount {
  return async (ctx, id, token) => {
    const account = await find(ctx, id, token)
    if (account === undefined) return undefined
    return {
      ...account,
      async claims(use, scope, claims, rejected) {
        const own = await account.claims(use, scope, claims, rejected)
        const decided = await scripts.claimsFor(ctx, {
          use,
          accountId: id,
          scopes: scope.split(' ').filter(Boolean),
          requested: requestedValues(claims),
          // Our own claims are JSON.
          available: own as JsonObject,
        })
        return decided === undefined ? own : { ...own, [scriptedClaims]: decided }
      },
    }
  }
}

function requestedValues(claims: object): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, about]): [string, string[]] => {
      const { value = [], values = value } = about ?? {}
      return [name, [values].flat().map(String)]
    }),
  )
}

type ClaimsOfLibrary = new (
  available: Record<PropertyKey, unknown>,
  options: object,
) => { result(): Promise<JsonObject> }

/** Claims of the protocol, which stay when a script decides about the person's. */
const protocolClaims = ['sub', 'sid', 'auth_time', 'acr', 'amr']

/** Makes `oidc-provider` take the claims of a script as they are. It would otherwise keep only those that it knows. */
export function useScriptedClaims(provider: Provider): void {
  // The class is missing from the library's types.
  const Claims = (provider as unknown as { Claims: ClaimsOfLibrary }).Claims
  class DecidedClaims extends Claims {
    readonly #decided: JsonObject | undefined

    constructor(available: Record<PropertyKey, unknown>, options: object) {
      super(available, options)
      const decided = available[scriptedClaims]
      this.#decided = isJsonObject(decided) ? decided : undefined
    }

    override async result(): Promise<JsonObject> {
      const own = await super.result()
      if (this.#decided === undefined) return own
      const kept = Object.entries(own).filter(([name]) => protocolClaims.includes(name))
      return { ...this.#decided, ...Object.fromEntries(kept) }
    }
  }
  Object.defineProperty(provider, 'Claims', { value: DecidedClaims })
}
